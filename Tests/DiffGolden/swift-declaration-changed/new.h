// A parameter has another name, and so has its label.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(int count);
