// Another value.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_LIMIT 32
#define TOY_NAME "b"
#define TOY_OPEN toyOpen
