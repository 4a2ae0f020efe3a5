// The typedefs of a record and of an enumeration are gone, the tags stay.

typedef enum { toySuccess = 0 } toyResult_t;
struct toyPoint { int x; };
enum toyKind { toyInt };
toyResult_t toyMove(struct toyPoint *point);
