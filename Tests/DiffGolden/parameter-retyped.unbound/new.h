// Of types that the model only quotes nothing is known, so they are not the same.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySet(_Complex double value);
