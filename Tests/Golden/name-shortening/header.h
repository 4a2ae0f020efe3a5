// Names that cannot lose their prefix: what is left would begin with a digit, be empty, or be the same
// as another's.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef enum { toy2D = 2, toy3D = 3, toyFlat = 2 } toyShape_t;
typedef enum { TOY_MODE_1 = 1, TOY_MODE_2 = 2 } toyMode_t;
typedef enum { toyLinkUp = 0, LinkUp = 1 } toyLink_t;

#define TOY_2D_LIMIT 16
#define TOY_ 7
#define TOY_LIMIT 8
#define toyLimit 9
#define toy_limit 10

toyResult_t toy2Ring(toyShape_t shape);
toyResult_t toy_(toyMode_t mode, toyLink_t link);
