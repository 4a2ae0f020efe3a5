// Names that differ in C and would be one in Swift, or that the module needs for itself: nothing is
// generated, and each pair is named with the place where one can be given another name.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef enum { toyLinkUp = 0, toy_link_up = 1, toyEnumerators = 2 } toyLink_t;
typedef struct toyState *toyComm;
typedef struct {
  int size;
} toyComm_t;

toyResult_t toySend(toyComm comm, int count);
toyResult_t toy_send(toyComm comm, int count);
toyResult_t toyAll(toyLink_t link, toyComm_t record);
toyResult_t toyLibrary(void);
