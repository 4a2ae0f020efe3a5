// The same type under another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef int toyInt_t;
typedef struct { toyInt_t x; } toyPoint_t;
