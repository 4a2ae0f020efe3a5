// Handles of another hidden type.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyComm *toyComm_t;
typedef struct toyGroup *toyGroup_t;
toyResult_t toyClose(toyComm_t comm);
