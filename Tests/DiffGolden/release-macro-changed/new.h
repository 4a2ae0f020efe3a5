// The header says which release it is of.

#define TOY_MAJOR 2
#define TOY_MINOR 0
#define TOY_PATCH 0
#define TOY_VERSION 20000
