// A typedef for a record that had none, and one more for an enumeration: both stay what they are.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyPoint { int x; } toyPoint_t;
typedef enum toyKind { toyInt } toyKind_t;
typedef enum toyKind toyType_t;
toyResult_t toyMove(toyPoint_t *point);
