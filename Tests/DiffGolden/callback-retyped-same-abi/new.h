// The library promises not to write, and another sign.

typedef enum { toySuccess = 0 } toyResult_t;
typedef void (*toyNotify_t)(const char *text, unsigned level);
toyResult_t toyWatch(toyNotify_t notify);
