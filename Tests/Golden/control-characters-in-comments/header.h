// Characters in documentation that end a line elsewhere or change what a reader sees: a lone
// carriage return, vertical tab, form feed, U+0085, U+2028, bidi marks.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

/** A carriage return herepublic let evil1 = 1 // and a vertical taband a form feed.
 * Next line U+0085 public let evil2 = 2, line separator  public let evil3 = 3,
 * paragraph separator  public let evil4 = 4, byte order mark ﻿, zero width ​.
 * Bidirectional override ‮hidden‬, isolate ⁦// hidden⁩, bell , escape [31m.
 */
toyResult_t toyFirst(void);
/// A tab	and a no-break space; a lone surrogate cannot be in UTF-8.
toyResult_t toySecond(void);
