// The macro takes other arguments, or some at all.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_CALL(x) toyCall(x)
#define TOY_TEST toyTest
