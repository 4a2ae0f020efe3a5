// A value at the front of an enumeration without any name is an addition; the others did not move elsewhere.

typedef enum { toySuccess = 0 } toyResult_t;
enum { toyZero = 0, toyA = 1, toyB = 2 };
