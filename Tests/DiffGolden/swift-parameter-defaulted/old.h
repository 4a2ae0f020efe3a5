// A parameter more, for which the profile has a default.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(int count);
