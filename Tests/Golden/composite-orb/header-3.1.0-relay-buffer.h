// A driver's interface in one of two builds that no version tells apart: renamed symbols, a list of
// functions to bind, records by value and behind pointers.
#define ORB_MAJOR 3
#define ORB_MINOR 1

#include <stddef.h>

typedef enum orbError_enum { ORB_SUCCESS = 0, ORB_ERROR_INVALID_VALUE = 1, ORB_ERROR_NOT_READY = 600 } ORBresult;
typedef enum orbCopy_enum { ORB_COPY_HOST_TO_DEVICE = 1, ORB_COPY_DEVICE_TO_HOST = 2 } ORBcopy;

typedef unsigned long long ORBaddress;
typedef struct ORBstream_st *ORBstream;
typedef struct ORBevent_st *ORBevent;
typedef int (*ORBhost)(void *context);

typedef union ORBvalue_un {
  double number;
  long long integer;
  void *pointer;
} ORBvalue;

typedef struct ORBlaunch_st {
  unsigned int blocks[3], threads[3];
  ORBstream stream;
  ORBvalue values[2];
#pragma pack(push, 2)
  struct {
    char kind;
    int value;
  } attribute;
#pragma pack(pop)
} ORBlaunch;

/* Names that callers write; the library exports the second of each pair. */
#define ORB_API(symbol) symbol
#define orbMemAlloc orbMemAlloc_v2
#define orbMemFree ORB_API(orbMemFree_v2)

ORBresult orbVersion(int *major, int *minor, int *patch);
ORBresult orbGetErrorText(ORBresult error, const char **text);
ORBresult orbMemAlloc(ORBaddress *address, size_t bytes);
ORBresult orbMemFree(ORBaddress address);
ORBresult orbMemCopy(ORBaddress to, ORBaddress from, size_t bytes, ORBcopy kind);
ORBresult orbStreamCreate(ORBstream *stream, unsigned int flags);
ORBresult orbEventRecord(ORBevent event, ORBstream stream);
ORBresult orbLaunch(const ORBlaunch *launch, ORBlaunch *copy);
ORBvalue orbEvaluate(ORBvalue value, int (*with)(ORBvalue));
ORBresult orbCall(ORBhost function, void *context, int *result);
ORBresult orbRenamed(int value) __asm__("orbRenamed_v7");
/* Not on the profile's list. */
ORBresult orbUnlisted(void);
/// Exchanges through memory that the caller gives.
ORBresult orbExchange(ORBaddress from, ORBaddress to, size_t bytes, ORBaddress relay, size_t relayBytes);
ORBresult orbOnlyBuffer(int value);
