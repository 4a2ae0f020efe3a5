// Declarations in the style before ANSI C: identifiers without types in the parameter list, types
// after it, two functions in one declaration, parentheses, a misplaced typedef.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

struct toyNode {
  int value;
  struct toyNode *next;
} typedef toyNode_t;

toyResult_t toyPush(), toyPop();
extern toyResult_t toyPeek(int), *toyLast(void);
int unsigned long const typedef toyCount_t;

static int toyAdd(left, right)
  int left;
  int right;
{
  return left + right;
}

toyResult_t (toyWalk)(toyNode_t *node, toyCount_t count);
