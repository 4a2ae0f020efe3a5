// A number moved from a macro to an enumeration.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_FAST 1
