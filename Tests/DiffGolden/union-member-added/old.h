// The union can be read in one more way.

typedef enum { toySuccess = 0 } toyResult_t;
typedef union { long l; } toyValue_t;
