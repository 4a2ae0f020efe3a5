// A pointer became a record by value.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { long a[4]; } toyId_t;
toyResult_t toyOpen(const toyId_t *id);
