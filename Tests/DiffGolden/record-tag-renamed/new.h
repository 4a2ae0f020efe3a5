// The tag has another name; a tag where there was none is no change.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyPointV2 { int x; } toyPoint_t;
typedef struct toyLine { int x; } toyLine_t;
