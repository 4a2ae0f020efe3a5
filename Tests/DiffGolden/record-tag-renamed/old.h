// The tag has another name; a tag where there was none is no change.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyPoint { int x; } toyPoint_t;
typedef struct { int x; } toyLine_t;
