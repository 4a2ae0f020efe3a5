// A record that is returned by value grew.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; long y; } toyPoint_t;
toyPoint_t toyWhere(void);
