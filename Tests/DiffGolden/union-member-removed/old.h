// The union can be read in one way less.

typedef enum { toySuccess = 0 } toyResult_t;
typedef union { long l; double d; } toyValue_t;
