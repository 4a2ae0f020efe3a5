// Names that mean something in Swift: as fields, parameters, enumerators, functions and types. They
// stay what they are in C and must be quoted or changed in Swift.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef enum { toyDefault = 0, toySelf = 1, toyIn = 2, toyNil = 3, toyType = 4 } toyWhere;

typedef struct {
  char internal[128];
  int func, init, protocol, self, Self, Type, inout, repeat, where, is, as, nil, let, var;
  int async, await, actor, some, any, consume, borrowing, _;
} toyUniqueId;

typedef struct toyProtocol *Protocol;
typedef int Any;

toyResult_t toyInit(toyUniqueId internal, int in, int inout, int func, int self, int throws);
toyResult_t toyDeinit(Protocol protocol, Any any, int Type, int true_, int subscript, int guard);
toyResult_t import(int init, int deinit, int operator, int where, int let, int var, int rethrows);
