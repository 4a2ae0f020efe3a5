// Every severity, a waiver, a twin, and text that tries to leave its place in a report.

#define TOY_MAJOR 1
#define TOY_MINOR 0
#define TOY_PATCH 0
#define TOY_TEXT "a|b ``c``` </code></pre><script>alert(1)</script> größe"
#define TOY_PIPE(a) (a | 1)

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef enum {
  toyInt,
  toyFloat,
  toyHalf,
  toyNumKinds
} toyKind_t;
typedef struct toyComm *toyComm_t;
typedef struct {
  unsigned long size;
  unsigned magic;
  unsigned version;
  int ranks;
} toyConfig_t;
#define TOY_CONFIG_INITIALIZER { sizeof(toyConfig_t), 0xcafe, 1, 0 }
typedef struct {
  int x, y;
} toyPoint_t;
typedef void (*toyNotify_t)(int event);

/// Opens.
toyResult_t toyOpen(toyComm_t *comm, const toyConfig_t *config);
/// Closes.
toyResult_t toyClose(toyComm_t comm);
toyResult_t ptoyClose(toyComm_t comm);
toyResult_t toySend(const void *buffer, unsigned long count, toyKind_t kind, int peer, toyComm_t comm);
toyResult_t ptoySend(const void *buffer, unsigned long count, toyKind_t kind, int peer, toyComm_t comm);
__attribute__((deprecated("say \"no\" | `toyOpen` </code><script>alert(2)</script> ‮esrever")))
toyResult_t toyOld(int rank);
toyResult_t toyGröße(int größe);
toyResult_t toyGone(toyPoint_t point);
extern int toyVerbosity;
