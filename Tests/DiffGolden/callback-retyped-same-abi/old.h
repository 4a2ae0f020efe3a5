// The library promises not to write, and another sign.

typedef enum { toySuccess = 0 } toyResult_t;
typedef void (*toyNotify_t)(char *text, int level);
toyResult_t toyWatch(toyNotify_t notify);
