// When bodies are skipped, a definition looks like a declaration. Storage class and `inline` still
// tell which functions have a symbol in the library.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toyDeclared(void);
extern toyResult_t toyExtern(void);

static toyResult_t toyStatic(void) { return toySuccess; }
static inline toyResult_t toyStaticInline(void) { return toyStatic(); }
/* C99: no symbol comes from this header, the library has it. */
inline toyResult_t toyInline(void) { return toySuccess; }
/* C99: a symbol in every file that includes this header. */
extern inline toyResult_t toyExternInline(void) { return toySuccess; }
__attribute__((always_inline)) static inline int toyAlways(int x) { return x + 1; }
/* Declared first, defined later in the same header. */
static inline int toyLater(int x);
static inline int toyLater(int x) { return toyAlways(x); }
