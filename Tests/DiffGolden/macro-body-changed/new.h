// Another text, of which no value is known.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_CALL(x) toyCallAll(x, 0)
