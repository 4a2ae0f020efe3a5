// Arrays of arrays, of records and of pointers, as fields and through typedefs: the order of the
// bounds and the size of the whole must survive.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_RANKS 8
typedef float toyRow_t[4];
typedef toyRow_t toyMatrix_t[3];

typedef struct {
  int x, y;
} toyPoint_t;

typedef struct {
  int grid[2][3][5];
  toyPoint_t corners[2][2];
  const char *names[TOY_RANKS];
  toyResult_t (*handlers[TOY_RANKS][2])(int);
  toyMatrix_t matrix;
  toyRow_t rows[2];
  char (*lines)[80];
} toyTable_t;

toyResult_t toyFill(toyTable_t *table, const int grid[][3][5], toyMatrix_t matrix);
