// A record that is passed by value grew.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; } toyPoint_t;
toyResult_t toyMove(toyPoint_t point);
