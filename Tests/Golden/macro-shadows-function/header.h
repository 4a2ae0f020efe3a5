// A function-like macro without effect hides a function that the library still exports. The
// declaration before the macro counts; calls go to the symbol.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

/// Re-reads the environment. Does nothing since 1.2.
void toyResetDebugInit(void);
#define toyResetDebugInit()

/// A macro that renames, so that the symbol has another name than the source.
#define toyCreate toyCreate_v2
toyResult_t toyCreate(int flags);

/// A macro that stands for a call with fewer arguments.
toyResult_t toyOpenWithFlags(const char *name, int flags);
#define toyOpen(name) toyOpenWithFlags((name), 0)
