/// The freestanding headers of C, in our own words.
///
/// libclang needs them from a resource directory that belongs to one clang release and may not be
/// installed. These are given to it in memory, so that every libclang reads the same text on every
/// machine. They define nothing that the compiler has not predefined, and follow the conventions by
/// which glibc asks for single definitions (`__need_size_t`).
enum BuiltinHeaders {
  /// A directory that does not exist.
  static let directory = "/bindgen-coll-builtin"

  static let files: [(name: StaticString, text: StaticString)] = [
    ("/bindgen-coll-builtin/stddef.h", stddef),
    ("/bindgen-coll-builtin/stdint.h", stdint),
    ("/bindgen-coll-builtin/limits.h", limits),
    ("/bindgen-coll-builtin/stdbool.h", stdbool),
    ("/bindgen-coll-builtin/stdarg.h", stdarg),
    ("/bindgen-coll-builtin/float.h", float),
    ("/bindgen-coll-builtin/iso646.h", iso646),
    ("/bindgen-coll-builtin/stdalign.h", stdalign),
    ("/bindgen-coll-builtin/stdnoreturn.h", stdnoreturn),
  ]

  private static let stddef: StaticString = """
    #if !defined(__need_NULL) && !defined(__need_ptrdiff_t) && !defined(__need_size_t) \\
      && !defined(__need_wchar_t) && !defined(__need_wint_t) && !defined(__need_max_align_t) \\
      && !defined(__need_offsetof)
    #define __need_NULL
    #define __need_ptrdiff_t
    #define __need_size_t
    #define __need_wchar_t
    #define __need_max_align_t
    #define __need_offsetof
    #endif
    #ifdef __need_NULL
    #undef __need_NULL
    #undef NULL
    #define NULL ((void *)0)
    #endif
    #ifdef __need_ptrdiff_t
    #undef __need_ptrdiff_t
    typedef __PTRDIFF_TYPE__ ptrdiff_t;
    #endif
    #ifdef __need_size_t
    #undef __need_size_t
    typedef __SIZE_TYPE__ size_t;
    #endif
    #ifdef __need_wchar_t
    #undef __need_wchar_t
    typedef __WCHAR_TYPE__ wchar_t;
    #endif
    #ifdef __need_wint_t
    #undef __need_wint_t
    typedef __WINT_TYPE__ wint_t;
    #endif
    #ifdef __need_max_align_t
    #undef __need_max_align_t
    #ifndef __bindgen_coll_max_align_t
    #define __bindgen_coll_max_align_t
    typedef struct { long long __a; long double __b; } max_align_t;
    #endif
    #endif
    #ifdef __need_offsetof
    #undef __need_offsetof
    #undef offsetof
    #define offsetof(type, member) __builtin_offsetof(type, member)
    #endif

    """

  /// The fast types are glibc's, which differ from clang's own idea of them.
  private static let stdint: StaticString = """
    #ifndef __bindgen_coll_stdint_h
    #define __bindgen_coll_stdint_h
    typedef __INT8_TYPE__ int8_t;
    typedef __INT16_TYPE__ int16_t;
    typedef __INT32_TYPE__ int32_t;
    typedef __INT64_TYPE__ int64_t;
    typedef __UINT8_TYPE__ uint8_t;
    typedef __UINT16_TYPE__ uint16_t;
    typedef __UINT32_TYPE__ uint32_t;
    typedef __UINT64_TYPE__ uint64_t;
    typedef __INT8_TYPE__ int_least8_t;
    typedef __INT16_TYPE__ int_least16_t;
    typedef __INT32_TYPE__ int_least32_t;
    typedef __INT64_TYPE__ int_least64_t;
    typedef __UINT8_TYPE__ uint_least8_t;
    typedef __UINT16_TYPE__ uint_least16_t;
    typedef __UINT32_TYPE__ uint_least32_t;
    typedef __UINT64_TYPE__ uint_least64_t;
    typedef signed char int_fast8_t;
    typedef long int_fast16_t;
    typedef long int_fast32_t;
    typedef long int_fast64_t;
    typedef unsigned char uint_fast8_t;
    typedef unsigned long uint_fast16_t;
    typedef unsigned long uint_fast32_t;
    typedef unsigned long uint_fast64_t;
    typedef __INTPTR_TYPE__ intptr_t;
    typedef __UINTPTR_TYPE__ uintptr_t;
    typedef __INTMAX_TYPE__ intmax_t;
    typedef __UINTMAX_TYPE__ uintmax_t;
    #define INT8_C(c) c
    #define INT16_C(c) c
    #define INT32_C(c) c
    #define INT64_C(c) c ## L
    #define UINT8_C(c) c
    #define UINT16_C(c) c
    #define UINT32_C(c) c ## U
    #define UINT64_C(c) c ## UL
    #define INTMAX_C(c) c ## L
    #define UINTMAX_C(c) c ## UL
    #define INT8_MAX (127)
    #define INT8_MIN (-128)
    #define UINT8_MAX (255)
    #define INT16_MAX (32767)
    #define INT16_MIN (-32767-1)
    #define UINT16_MAX (65535)
    #define INT32_MAX (2147483647)
    #define INT32_MIN (-2147483647-1)
    #define UINT32_MAX (4294967295U)
    #define INT64_MAX (9223372036854775807L)
    #define INT64_MIN (-9223372036854775807L-1)
    #define UINT64_MAX (18446744073709551615UL)
    #define INT_LEAST8_MAX INT8_MAX
    #define INT_LEAST8_MIN INT8_MIN
    #define UINT_LEAST8_MAX UINT8_MAX
    #define INT_LEAST16_MAX INT16_MAX
    #define INT_LEAST16_MIN INT16_MIN
    #define UINT_LEAST16_MAX UINT16_MAX
    #define INT_LEAST32_MAX INT32_MAX
    #define INT_LEAST32_MIN INT32_MIN
    #define UINT_LEAST32_MAX UINT32_MAX
    #define INT_LEAST64_MAX INT64_MAX
    #define INT_LEAST64_MIN INT64_MIN
    #define UINT_LEAST64_MAX UINT64_MAX
    #define INT_FAST8_MAX INT8_MAX
    #define INT_FAST8_MIN INT8_MIN
    #define UINT_FAST8_MAX UINT8_MAX
    #define INT_FAST16_MAX INT64_MAX
    #define INT_FAST16_MIN INT64_MIN
    #define UINT_FAST16_MAX UINT64_MAX
    #define INT_FAST32_MAX INT64_MAX
    #define INT_FAST32_MIN INT64_MIN
    #define UINT_FAST32_MAX UINT64_MAX
    #define INT_FAST64_MAX INT64_MAX
    #define INT_FAST64_MIN INT64_MIN
    #define UINT_FAST64_MAX UINT64_MAX
    #define INTPTR_MAX INT64_MAX
    #define INTPTR_MIN INT64_MIN
    #define UINTPTR_MAX UINT64_MAX
    #define INTMAX_MAX INT64_MAX
    #define INTMAX_MIN INT64_MIN
    #define UINTMAX_MAX UINT64_MAX
    #define PTRDIFF_MAX INT64_MAX
    #define PTRDIFF_MIN INT64_MIN
    #define SIZE_MAX UINT64_MAX
    #define SIG_ATOMIC_MAX INT32_MAX
    #define SIG_ATOMIC_MIN INT32_MIN
    #define WCHAR_MAX __WCHAR_MAX__
    #ifdef __WCHAR_UNSIGNED__
    #define WCHAR_MIN 0
    #else
    #define WCHAR_MIN (-__WCHAR_MAX__ - 1)
    #endif
    #define WINT_MAX __WINT_MAX__
    #define WINT_MIN 0U
    #endif

    """

  /// With what POSIX adds on Linux, so that no further file is needed.
  private static let limits: StaticString = """
    #ifndef __bindgen_coll_limits_h
    #define __bindgen_coll_limits_h
    #define CHAR_BIT __CHAR_BIT__
    #define SCHAR_MAX __SCHAR_MAX__
    #define SCHAR_MIN (-__SCHAR_MAX__ - 1)
    #define UCHAR_MAX (__SCHAR_MAX__ * 2 + 1)
    #ifdef __CHAR_UNSIGNED__
    #define CHAR_MIN 0
    #define CHAR_MAX UCHAR_MAX
    #else
    #define CHAR_MIN SCHAR_MIN
    #define CHAR_MAX SCHAR_MAX
    #endif
    #define SHRT_MAX __SHRT_MAX__
    #define SHRT_MIN (-__SHRT_MAX__ - 1)
    #define USHRT_MAX (__SHRT_MAX__ * 2 + 1)
    #define INT_MAX __INT_MAX__
    #define INT_MIN (-__INT_MAX__ - 1)
    #define UINT_MAX (__INT_MAX__ * 2U + 1U)
    #define LONG_MAX __LONG_MAX__
    #define LONG_MIN (-__LONG_MAX__ - 1L)
    #define ULONG_MAX (__LONG_MAX__ * 2UL + 1UL)
    #define LLONG_MAX __LONG_LONG_MAX__
    #define LLONG_MIN (-__LONG_LONG_MAX__ - 1LL)
    #define ULLONG_MAX (__LONG_LONG_MAX__ * 2ULL + 1ULL)
    #define LONG_LONG_MAX LLONG_MAX
    #define LONG_LONG_MIN LLONG_MIN
    #define ULONG_LONG_MAX ULLONG_MAX
    #define MB_LEN_MAX 16
    #define SSIZE_MAX LONG_MAX
    #define ARG_MAX 131072
    #define NAME_MAX 255
    #define PATH_MAX 4096
    #define PIPE_BUF 4096
    #define IOV_MAX 1024
    #define HOST_NAME_MAX 64
    #define LOGIN_NAME_MAX 256
    #define TTY_NAME_MAX 32
    #define NGROUPS_MAX 65536
    #define LINE_MAX 2048
    #endif

    """

  private static let stdbool: StaticString = """
    #ifndef __bindgen_coll_stdbool_h
    #define __bindgen_coll_stdbool_h
    #define bool _Bool
    #define true 1
    #define false 0
    #define __bool_true_false_are_defined 1
    #endif

    """

  private static let stdarg: StaticString = """
    #ifndef __bindgen_coll_gnuc_va_list
    #define __bindgen_coll_gnuc_va_list
    typedef __builtin_va_list __gnuc_va_list;
    #endif
    #ifdef __need___va_list
    #undef __need___va_list
    #else
    #ifndef __bindgen_coll_stdarg_h
    #define __bindgen_coll_stdarg_h
    typedef __builtin_va_list va_list;
    #define va_start(list, last) __builtin_va_start(list, last)
    #define va_end(list) __builtin_va_end(list)
    #define va_arg(list, type) __builtin_va_arg(list, type)
    #define va_copy(to, from) __builtin_va_copy(to, from)
    #endif
    #endif

    """

  private static let float: StaticString = """
    #ifndef __bindgen_coll_float_h
    #define __bindgen_coll_float_h
    #define FLT_RADIX __FLT_RADIX__
    #define FLT_EVAL_METHOD 0
    #define FLT_ROUNDS 1
    #define DECIMAL_DIG __DECIMAL_DIG__
    #define FLT_MANT_DIG __FLT_MANT_DIG__
    #define FLT_DIG __FLT_DIG__
    #define FLT_DECIMAL_DIG __FLT_DECIMAL_DIG__
    #define FLT_MIN_EXP __FLT_MIN_EXP__
    #define FLT_MIN_10_EXP __FLT_MIN_10_EXP__
    #define FLT_MAX_EXP __FLT_MAX_EXP__
    #define FLT_MAX_10_EXP __FLT_MAX_10_EXP__
    #define FLT_MAX __FLT_MAX__
    #define FLT_MIN __FLT_MIN__
    #define FLT_EPSILON __FLT_EPSILON__
    #define FLT_TRUE_MIN __FLT_DENORM_MIN__
    #define FLT_HAS_SUBNORM 1
    #define DBL_MANT_DIG __DBL_MANT_DIG__
    #define DBL_DIG __DBL_DIG__
    #define DBL_DECIMAL_DIG __DBL_DECIMAL_DIG__
    #define DBL_MIN_EXP __DBL_MIN_EXP__
    #define DBL_MIN_10_EXP __DBL_MIN_10_EXP__
    #define DBL_MAX_EXP __DBL_MAX_EXP__
    #define DBL_MAX_10_EXP __DBL_MAX_10_EXP__
    #define DBL_MAX __DBL_MAX__
    #define DBL_MIN __DBL_MIN__
    #define DBL_EPSILON __DBL_EPSILON__
    #define DBL_TRUE_MIN __DBL_DENORM_MIN__
    #define DBL_HAS_SUBNORM 1
    #define LDBL_MANT_DIG __LDBL_MANT_DIG__
    #define LDBL_DIG __LDBL_DIG__
    #define LDBL_DECIMAL_DIG __LDBL_DECIMAL_DIG__
    #define LDBL_MIN_EXP __LDBL_MIN_EXP__
    #define LDBL_MIN_10_EXP __LDBL_MIN_10_EXP__
    #define LDBL_MAX_EXP __LDBL_MAX_EXP__
    #define LDBL_MAX_10_EXP __LDBL_MAX_10_EXP__
    #define LDBL_MAX __LDBL_MAX__
    #define LDBL_MIN __LDBL_MIN__
    #define LDBL_EPSILON __LDBL_EPSILON__
    #define LDBL_TRUE_MIN __LDBL_DENORM_MIN__
    #define LDBL_HAS_SUBNORM 1
    #endif

    """

  private static let iso646: StaticString = """
    #ifndef __bindgen_coll_iso646_h
    #define __bindgen_coll_iso646_h
    #define and &&
    #define and_eq &=
    #define bitand &
    #define bitor |
    #define compl ~
    #define not !
    #define not_eq !=
    #define or ||
    #define or_eq |=
    #define xor ^
    #define xor_eq ^=
    #endif

    """

  private static let stdalign: StaticString = """
    #ifndef __bindgen_coll_stdalign_h
    #define __bindgen_coll_stdalign_h
    #define alignas _Alignas
    #define alignof _Alignof
    #define __alignas_is_defined 1
    #define __alignof_is_defined 1
    #endif

    """

  private static let stdnoreturn: StaticString = """
    #ifndef __bindgen_coll_stdnoreturn_h
    #define __bindgen_coll_stdnoreturn_h
    #define noreturn _Noreturn
    #endif

    """
}
