// The library may write it.

typedef enum { toySuccess = 0 } toyResult_t;
extern const int toyVerbosity;
