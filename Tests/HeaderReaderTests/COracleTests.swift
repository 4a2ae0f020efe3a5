import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

/// The compiler's word against ours.
@Suite struct COracleTests {
  private func check(_ text: String) throws {
    let toy = try ToyHeader(text)
    try COracle(header: toy.read().header).check(including: toy.request.path)
  }

  @Test func agreesOnDeclarations() throws {
    try check(
      """
      #include <stddef.h>
      #include <stdint.h>
      #include <stdio.h>
      #include <stdarg.h>
      typedef struct stream_st *stream_t;
      typedef int (*callback)(void *, int (*)(const char *), ...);
      typedef struct { char id[128]; } uid;
      typedef union { int i; float f; struct { char c; } s; } value;
      typedef enum { A, B = -1, C = 0x7fffffff } e;
      enum big { BIG = 0xFFFFFFFFFF };
      struct s {
        char a; struct { int x; long y; }; union { value v; uid u; }; callback cb; unsigned b : 3;
        const char *const *names[2][3]; enum big e; _Bool flag; double d; void (*list[4])(void);
      };
      struct __attribute__((packed)) p { char a; uint64_t b; };
      int f(uid, value, const struct s *restrict, stream_t const, size_t n[], float m[2][3]);
      int (*g(int))(long);
      void h(callback, FILE *, va_list, int (*)[3], ...);
      extern const char *const names[3];
      extern struct s instance, *pointer, array[2];
      """)
  }

  @Test func agreesOnMacros() throws {
    try check(
      """
      #include <limits.h>
      #include <stdint.h>
      typedef struct stream_st *stream_t;
      typedef signed char tiny;
      enum e { RED = 3 };
      enum { HIGH = 0xFFFFFFFF };
      #define VERSION(x, y) (((x) <= 2 && (y) <= 8) ? (x) * 1000 + (y) : (x) * 10000 + (y))
      #define A VERSION(2, 28)
      #define B INT_MIN
      #define C (~0u >> 3)
      #define D (-1 < 0u)
      #define E (1 ? -1 : 0u)
      #define F ((tiny)200)
      #define G (UINT64_MAX * 3)
      #define H 1 << 31
      #define I 'a' + '\\xff'
      #define J -7 / 2 * 10 + -7 % 3
      #define K sizeof(stream_t) * CHAR_BIT
      #define L ((stream_t)0x2)
      #define M ((void *)-1)
      #define N RED | 4
      #define O HIGH
      #define P 0.1f
      #define Q 1e3 / 7
      #define R "a\\x41" "1\\0"
      #define S (long long)1 + 1ul
      #define T (unsigned char)-1 + (short)70000
      #define U !0.5 || 2 && 0
      #define V 9223372036854775808
      #define W 0x8000000000000000
      #define X (char)0x80
      #define Y 2147483648
      #define Z (_Bool)2 + (_Bool)1
      #define AA LLONG_MIN
      #define AB -5 >> 1
      #define AC (float)0.1 * 3
      #define AD (int)3.99 - (int)-3.99
      #define AE 1u - 2
      #define AF (unsigned)1 - 2l
      #define AG 'ab'
      #define AH WCHAR_MIN
      #define AI INT8_MIN
      #define AJ 010 + 0b11 + 0xF
      int f(stream_t);
      """)
  }
}
