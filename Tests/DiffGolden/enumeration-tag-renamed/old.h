// The tag has another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum toyKind { toyInt } toyKind_t;
