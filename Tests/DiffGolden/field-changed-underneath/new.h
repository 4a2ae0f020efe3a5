// A record within a record grew; the declaration of the outer one is the same.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x, y, z; } toyPoint_t;
typedef struct { toyPoint_t from; long id; } toyLine_t;
