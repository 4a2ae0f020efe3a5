// The library calls the program with one argument more.

typedef enum { toySuccess = 0 } toyResult_t;
typedef void (*toyNotify_t)(int event);
toyResult_t toyWatch(toyNotify_t notify);
