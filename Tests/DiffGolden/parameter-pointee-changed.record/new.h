// A pointer to another version of a structure.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int a; } toyInfoV1_t;
typedef struct { int a; int b; } toyInfoV2_t;
toyResult_t toyInfo(toyInfoV2_t *info);
