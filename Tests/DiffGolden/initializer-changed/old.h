// The initialiser of a versioned structure follows it.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_CONFIG_INITIALIZER { sizeof(toyConfig_t), 0xcafe, 1 }
typedef struct toyConfig_v1 { unsigned long size; unsigned magic; unsigned version; int ranks; } toyConfig_t;
toyResult_t toyOpen(toyConfig_t *config);
