// The name of a hidden struct became that of a pointer to it.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyParamImpl *toyParam_t;
toyResult_t toyBind(toyParam_t param);
