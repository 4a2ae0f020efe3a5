// The same without a typedef: in a parameter, in a field, in a function type that is no pointer, and by dots alone.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyWatch(void (*notify)(long event));
typedef struct { void (*log)(int level, const char *text); } toyHooks_t;
typedef void toyNotify_t(long event);
typedef int (*toyPrint_t)(const char *format, ...);
