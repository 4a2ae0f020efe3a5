// Only comments changed: of a function, a record, an enumeration, a typedef and a variable.

typedef enum { toySuccess = 0 } toyResult_t;
/// Opens, and waits.
toyResult_t toyOpen(int rank);
/// A point of the grid.
typedef struct { int x; } toyPoint_t;
/// Kinds.
typedef enum { toyInt /**< The first. */ } toyKind_t;
/// A rank in the world.
typedef int toyRank_t;
/// How much is said, from 0 to 3.
extern int toyVerbosity;
