// A typedef of a pointer to a variadic function: it can be stored and passed on, and a binding
// cannot offer to be called through it as if it took fixed arguments.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef enum { TOY_LOG_NONE = 0, TOY_LOG_WARN = 2, TOY_LOG_INFO = 3 } toyDebugLogLevel;

typedef void (*toyDebugLogger_t)(toyDebugLogLevel level, unsigned long flags, const char *file,
    int line, const char *format, ...);
/* A function type, not a pointer to one. */
typedef int toyVisitor(void *context, int rank);

typedef struct {
  const char *name;
  toyResult_t (*init)(void **context, toyDebugLogger_t logger);
  void (*log)(const char *format, ...);
} toyPlugin_t;

toyResult_t toySetLogger(toyDebugLogger_t logger);
toyResult_t toyVisit(toyVisitor *visitor, toyVisitor again, void *context);
