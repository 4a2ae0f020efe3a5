// The macro takes other arguments, or some at all.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_CALL(x, y) toyCall(x, y)
#define TOY_TEST() toyTest()
