// The library may no longer export it.

typedef enum { toySuccess = 0 } toyResult_t;
__attribute__((visibility("hidden"))) toyResult_t toyOpen(int rank);
