// Numbers that another name has in a later release, and a name whose number changes: values are
// decoded with the release that is loaded.
#define TOY_MAJOR 1
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1, toyNumResults = 2, toyOdd = 3 } toyResult_t;

toyResult_t toyPoll(void);
