// A record that is a variable grew.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; } toyState_t;
extern toyState_t toyState;
