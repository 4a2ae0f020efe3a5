// `()` declares a function without a prototype and `(void)` one that takes nothing. Both become
// calls without arguments, but only the second promises that.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

/// Begins a group.
toyResult_t toyGroupStart();
/// Ends a group.
toyResult_t toyGroupEnd();
/// Prints the parameters.
toyResult_t toyParamDumpAll(void);
/// A pointer to a function without a prototype is still a pointer.
toyResult_t toyAtExit(void (*callback)());
