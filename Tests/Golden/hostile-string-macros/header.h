// String constants whose text would end a literal, interpolate, or start a directive in the output.
// They are bytes; each output quotes them in its own way.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_QUOTE "\" + evil() + \""
#define TOY_INTERPOLATION "\\(evil()) ${evil} {{evil}} {{{evil}}}"
#define TOY_MULTILINE "\"\"\"\n#sourceLocation(file: \"evil\", line: 1)\n"
#define TOY_COMMENT "*/ evil(); /*"
#define TOY_ZERO "before\0after"
#define TOY_BYTES "\xff\xfe \x80"
#define TOY_JOINED "one" " " "two"
#define TOY_TAB "\t\r\v\f\a\b"
#define TOY_MARKDOWN "| a | <script>evil()</script> [x](javascript:evil) `code`"

toyResult_t toySetName(const char *name);
