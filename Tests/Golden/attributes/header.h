// Attributes on declarations: some say something (deprecated, with or without a message;
// visibility), others only help compilers. None may hide the declaration.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_EXPORT __attribute__((visibility("default")))
#define TOY_DEPRECATED(text) __attribute__((deprecated(text)))

TOY_EXPORT toyResult_t toyInit(void);
toyResult_t TOY_EXPORT toyFinish(void) TOY_DEPRECATED("call \"toyClose\" instead");
TOY_EXPORT __attribute__((deprecated)) void toyReset(void);
__attribute__((visibility("hidden"))) toyResult_t toyInternal(void);
__attribute__((warn_unused_result, nothrow, nonnull(1))) toyResult_t toyCheck(const char *text);
__attribute__((noreturn)) void toyAbort(int code);
const char *toyFormat(const char *format, ...) __attribute__((format(printf, 1, 2)));
toyResult_t toyRenamed(void) __asm__("toyRenamed_v2");

typedef enum { toyOld __attribute__((deprecated)) = 0, toyNew = 1 } toyKind_t;

typedef struct {
  int used;
  int unused __attribute__((deprecated("since 1.2")));
} toyInfo_t;

toyResult_t toyGetInfo(toyInfo_t *info, toyKind_t kind);
