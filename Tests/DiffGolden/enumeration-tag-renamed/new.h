// The tag has another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum toyKinds { toyInt } toyKind_t;
