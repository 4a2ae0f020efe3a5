// C++ behind `#if __cplusplus && ...` is no part of the C header. A C parse sees none of it and
// needs none of it.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#define TOY_HAS_OPERATORS 1

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#ifdef __cplusplus
extern "C" {
#endif
toyResult_t toyInit(int flags);
#ifdef __cplusplus
}
#endif

#if __cplusplus && TOY_HAS_OPERATORS
#include <type_traits>
template <typename T> struct toyTypeOf;
template <> struct toyTypeOf<float> { static constexpr int value = 7; };
inline toyResult_t toyInit() { return toyInit(0); }
#endif
