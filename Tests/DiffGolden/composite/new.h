// Every severity, a waiver, a twin, and text that tries to leave its place in a report.

#define TOY_MAJOR 2
#define TOY_MINOR 0
#define TOY_PATCH 0
#define TOY_TEXT "a|b ``c``` </code></pre><script>alert(1)</script> größe [31m && {{evil}} $x$ ~~y~~"
#define TOY_PIPE(a) (a | 2 || a)

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef enum {
  toyInt,
  toyFloat,
  toyHalf,
  toyBrain,
  toyNumKinds
} toyKind_t;
typedef struct toyComm *toyComm_t;
typedef struct {
  unsigned long size;
  unsigned magic;
  unsigned version;
  int ranks;
  int devices;
} toyConfig_t;
#define TOY_CONFIG_INITIALIZER { sizeof(toyConfig_t), 0xcafe, 2, 0, 0 }
typedef struct {
  int x, y, z;
} toyPoint_t;
typedef void (*toyNotify_t)(int event, void *user);

/// Opens.
toyResult_t toyOpen(toyComm_t *comm, const toyConfig_t *config);
/// Closes, and waits.
toyResult_t toyClose(toyComm_t comm);
toyResult_t ptoyClose(toyComm_t comm);
toyResult_t toySend(const void *buffer, unsigned long count, toyKind_t kind, int peer, toyComm_t comm, void *stream);
toyResult_t ptoySend(const void *buffer, unsigned long count, toyKind_t kind, int peer, toyComm_t comm, void *stream);
__attribute__((deprecated("say \"no\" | `toyOpen` </code><script>alert(2)</script> ‮esrever")))
__attribute__((annotate("\" onload=\"alert(3)\" | ]]> --> `` </td></tr></table> [x](javascript:alert(6))")))
toyResult_t toyOld(long rank);
toyResult_t toyGröße(int maß);
toyResult_t toyNew(toyKind_t kind);
extern int toyVerbosity;
