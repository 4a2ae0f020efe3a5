// Constants that are handles: integers cast to pointers, integers cast to a typedef, and the
// address of an extern object, whose value only the loaded library knows.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct toyStream_st *toyStream;
typedef int toyGroupNumber;
typedef struct toyCommObject *toyComm;

#define TOY_STREAM_LEGACY ((toyStream)0x1)
#define TOY_STREAM_PER_THREAD ((toyStream)0x2)
#define TOY_GROUP_WORLD ((toyGroupNumber)0x44000000)

struct toyCommObject {
  int size;
};
extern struct toyCommObject toyCommWorldObject;
#define TOY_COMM_WORLD (&toyCommWorldObject)

toyResult_t toyBarrier(toyComm comm, toyStream stream);
