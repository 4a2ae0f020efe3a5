// `#line` gives the declarations after it another file and other numbers, as generated headers do.
// They are still in this header, and their real place is in this file.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toyBefore(void);
#line 1000 "elsewhere/generated.y"
/// Declared on line 1001 of a file that does not exist.
toyResult_t toyMoved(int value);
# 7 "/usr/include/stdio.h" 3 4
toyResult_t toyLooksLikeSystem(int value);
#line 1 "header.h"
toyResult_t toyAfter(void);
