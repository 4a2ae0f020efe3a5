// The same number with another C type.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_LIMIT 16
