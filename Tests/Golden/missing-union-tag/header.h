// A record used by its tag alone, without `struct` or `union`, which is C++. Clang reports an error
// in C; a partial model would lie, so the reader must refuse.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

union toyValue {
  int number;
  void *pointer;
};

struct toyParam {
  int key;
  toyValue value;
};

toyResult_t toySetParam(const struct toyParam *param, int count);
