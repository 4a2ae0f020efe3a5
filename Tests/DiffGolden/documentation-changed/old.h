// Only comments changed: of a function, a record, an enumeration, a typedef and a variable.

typedef enum { toySuccess = 0 } toyResult_t;
/// Opens.
toyResult_t toyOpen(int rank);
/// A point.
typedef struct { int x; } toyPoint_t;
/// Kinds.
typedef enum { toyInt /**< One. */ } toyKind_t;
/// A rank.
typedef int toyRank_t;
/// How much is said.
extern int toyVerbosity;
