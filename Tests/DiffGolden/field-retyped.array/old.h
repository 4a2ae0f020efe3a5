// An array of another length.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { char name[16]; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
