import HeaderModel
import Testing

@testable import HeaderReader

@Suite struct EnumerationTests {
  @Test func namesEnumerations() throws {
    let header = try read(
      """
      enum tagged { A };
      typedef enum { B } named;
      typedef enum tag { C } both;
      enum { D, E };
      typedef enum { F } *pointed;
      enum forward_gnu;
      """)
    #expect(
      header.enumerations.map { "\($0.name) \($0.hasTag)" } == [
        "tagged true", "named false", "tag true", "enum@D false", "enum@F false",
        "forward_gnu true",
      ])
    #expect(try header.typedef("pointed").type.description == "enum enum@F *")
  }

  @Test func keepsSignAndSize() throws {
    let header = try read(
      """
      #include <limits.h>
      enum plain { P0, P1 };
      enum negative { N0 = -1, N1 = INT_MIN };
      enum high { H0 = 0xDEADBEEF };
      enum wide { W0 = 0xFFFFFFFFFFFFFFFF };
      enum wide_negative { X0 = -1, X1 = 0x100000000 };
      enum small { S0 = 200 } __attribute__((packed));
      """)
    #expect(
      header.enumerations.map { "\($0.name) \($0.underlying)" } == [
        "plain unsigned int", "negative int", "high unsigned int", "wide unsigned long",
        "wide_negative long", "small unsigned char",
      ])
    #expect(
      header.enumerations.flatMap { $0.enumerators.map(\.value) } == [
        0, 1, -1, Int128(Int32.min), 0xDEAD_BEEF, Int128(UInt64.max), -1, 0x1_0000_0000, 200,
      ])
  }

  @Test func keepsDuplicatesAndExpressions() throws {
    let header = try read(
      """
      typedef enum { dummy_last = 5 } dummy;
      #define THREE 3
      enum e { a, b = 0, c = a, d = THREE, e_, max = 0x7fffffff >> (32 - 8 * sizeof(dummy)),
      #ifdef NOT_DEFINED
        gone,
      #endif
        last };
      """)
    #expect(
      try header.enumeration("e").enumerators.map { "\($0.name) \($0.value)" } == [
        "a 0", "b 0", "c 0", "d 3", "e_ 4", "max 2147483647", "last 2147483648",
      ])
  }
}
