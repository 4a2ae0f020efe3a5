// The typedefs of a record and of an enumeration are gone, the tags stay.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyPoint { int x; } toyPoint_t;
typedef enum toyKind { toyInt } toyKind_t;
toyResult_t toyMove(toyPoint_t *point);
