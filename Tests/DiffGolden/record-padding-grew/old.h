// Bits without a name are padding; one field has another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; int y; } toyPoint_t;
