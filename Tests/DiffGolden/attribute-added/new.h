// An attribute more, of a function and of a record.

typedef enum { toySuccess = 0 } toyResult_t;
__attribute__((warn_unused_result)) toyResult_t toyOpen(int rank);
typedef struct __attribute__((may_alias)) { int x; } toyPoint_t;
