// Bits that were unused behind the last bit-field.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { unsigned a : 3; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
