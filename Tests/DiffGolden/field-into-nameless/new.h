// A field shares its place with another one now; the second union reaches further.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int type; union { int id; unsigned short node; }; } toyPlace_t;
typedef struct { long type; union { int id; long node; }; } toyWide_t;
