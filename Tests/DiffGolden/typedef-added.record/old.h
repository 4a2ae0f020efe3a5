// A typedef for a record that had none, and one more for an enumeration: both stay what they are.

typedef enum { toySuccess = 0 } toyResult_t;
struct toyPoint { int x; };
typedef enum toyKind { toyInt } toyKind_t;
toyResult_t toyMove(struct toyPoint *point);
