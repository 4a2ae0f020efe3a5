// A parameter has another name.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(int n);
