// The first of three went, the others moved up and one came: no renaming, though the types agree.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyCopy(int from, int to, int stream);
