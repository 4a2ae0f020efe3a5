// The same without a typedef: in a parameter, in a field, in a function type that is no pointer, and by dots alone.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyWatch(void (*notify)(int event));
typedef struct { void (*log)(const char *text); } toyHooks_t;
typedef void toyNotify_t(int event);
typedef int (*toyPrint_t)(const char *format);
