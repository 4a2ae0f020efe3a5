// The handle points to another hidden struct.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyComm *toyComm_t;
toyResult_t toyClose(toyComm_t comm);
