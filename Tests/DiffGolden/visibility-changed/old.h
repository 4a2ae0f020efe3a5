// The library may no longer export it.

typedef enum { toySuccess = 0 } toyResult_t;
__attribute__((visibility("default"))) toyResult_t toyOpen(int rank);
