// Identifiers that C allows and other languages may not: a dollar sign, letters beyond ASCII, a
// leading underscore, one letter, a trailing underscore.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toy$Error = 1, toyÉtat = 2 } toyResult_t;

typedef struct {
  int größe;
  int _;
  int _leading, trailing_, two__underscores;
  int α;
} toyMaße;

toyResult_t toy$Open(int $);
toyResult_t toyMöbius(toyMaße *maße);
toyResult_t toy_(int _, int __);
toyResult_t toyUniversal\u00e9(int \u03b2);
