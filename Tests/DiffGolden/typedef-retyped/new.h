// A record became a number.

typedef enum { toySuccess = 0 } toyResult_t;
typedef unsigned long toyId_t;
toyResult_t toyOpen(toyId_t id);
