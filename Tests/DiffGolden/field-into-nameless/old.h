// A field shares its place with another one now; the second union reaches further.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int type; int id; } toyPlace_t;
typedef struct { long type; int id; } toyWide_t;
