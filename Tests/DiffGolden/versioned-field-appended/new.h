// A versioned structure grew at its end.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_CONFIG_INITIALIZER { sizeof(toyConfig_t), 0xcafe, 1 }
typedef struct toyConfig_v1 { unsigned long size; unsigned magic; unsigned version; int ranks; int devices; long blocks; } toyConfig_t;
toyResult_t toyOpen(toyConfig_t *config);
