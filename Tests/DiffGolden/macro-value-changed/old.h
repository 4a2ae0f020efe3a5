// Another value.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_LIMIT 16
#define TOY_NAME "a"
#define TOY_OPEN 1
