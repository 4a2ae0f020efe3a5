// A result of another type, passed in the same way.

typedef enum { toySuccess = 0 } toyResult_t;
struct toyA *toyGet(void);
