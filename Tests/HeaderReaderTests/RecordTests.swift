import HeaderModel
import Testing

@testable import HeaderReader

@Suite struct RecordTests {
  @Test func namesRecordsByTagTypedefOrPlace() throws {
    let header = try read(
      """
      struct tagged { int a; };
      typedef struct { int a; } named;
      typedef struct both_tag { int a; } both;
      typedef struct { int a; } *pointed;
      struct { int a; } variable;
      struct { int a; } *result(struct tagged *, struct { int b; } *inner);
      union u { int i; float f; };
      """)
    #expect(
      header.records.map { "\($0.kind.rawValue) \($0.name) \($0.hasTag)" } == [
        "struct tagged true", "struct named false", "struct both_tag true",
        "struct pointed::0 false", "struct variable::0 false", "struct result::0 false",
        "struct result::1 false", "union u true",
      ])
    #expect(try header.typedef("pointed").type.description == "struct pointed::0 *")
    #expect(
      try header.function("result").signature
        == "result(struct tagged *, struct result::1 * inner) -> struct result::0 *")
  }

  @Test func namesNestedRecordsByField() throws {
    let header = try read(
      """
      typedef struct {
        struct { int x; union { int p; float q; }; };
        union { struct { int z; } deep; } named, *other;
        struct inner { char c; } list[2];
        struct { int v; } (*callback)(struct { long l; } *);
        enum { EAGER, LAZY } mode;
      } outer;
      """)
    #expect(
      header.records.map(\.name) == [
        "inner", "outer::0::0", "outer::0", "outer::named::deep", "outer::named",
        "outer::callback", "outer::callback::0", "outer",
      ])
    #expect(
      try header.record("outer").fieldLines == [
        "-: struct outer::0 @0", "named: union outer::named @64",
        "other: union outer::named * @128", "list: struct inner [2] @192",
        "callback: struct outer::callback (struct outer::callback::0 *) * @256",
        "mode: enum enum@EAGER @320",
      ])
    #expect(try header.record("inner").hasTag)
  }

  @Test func countsUnnamedMembers() throws {
    let header = try read(
      """
      struct s { struct { int a; }; int : 3; union { int b; int c; }; struct { int d; }; };
      """)
    #expect(header.records.map(\.name) == ["s::0", "s::1", "s::2", "s"])
    #expect(
      try header.record("s").fieldLines == [
        "-: struct s::0 @0", "-: int @32:3", "-: union s::1 @64", "-: struct s::2 @96",
      ])
  }

  @Test func laysOutBitFields() throws {
    let header = try read(
      """
      struct flags {
        unsigned ready : 1, kind : 3;
        int delta : 12;
        unsigned : 0;
        unsigned long long wide : 40;
        _Bool set : 1;
        unsigned char byte;
      };
      """)
    let record = try header.record("flags")
    #expect(
      record.fieldLines == [
        "ready: unsigned int @0:1", "kind: unsigned int @1:3", "delta: int @4:12",
        "-: unsigned int @32:0", "wide: unsigned long long @64:40", "set: _Bool @104:1",
        "byte: unsigned char @112",
      ])
    #expect(record.layout?.size == 16)
    #expect(record.layout?.alignment == 8)
  }

  @Test func knowsPackingAndAlignment() throws {
    let header = try read(
      """
      struct packed { char a; int b; } __attribute__((packed));
      struct aligned { char a; } __attribute__((aligned(16)));
      #pragma pack(push, 2)
      struct two { char a; int b; };
      #pragma pack(pop)
      struct member { char a; _Alignas(32) char b; };
      struct flexible { int n; char data[]; };
      struct empty {};
      """)
    #expect(
      header.records.map { "\($0.name) \($0.layout?.size ?? -1) \($0.layout?.alignment ?? -1)" }
        == [
          "packed 5 1", "aligned 16 16", "two 6 2", "member 64 32", "flexible 4 4", "empty 0 1",
        ])
    #expect(header.records.prefix(2).map(\.attributes) == [["packed"], ["aligned(16)"]])
    #expect(try header.record("packed").fieldLines == ["a: char @0", "b: int @8"])
    #expect(try header.record("flexible").fieldLines == ["n: int @0", "data: char [] @32"])
  }

  @Test func keepsOneEntryWhereARecordIsDefined() throws {
    let header = try read(
      """
      struct later;
      struct never;
      typedef struct late_typedef *handle;
      int use(struct later *);
      struct between { int x; };
      struct later { struct between b; struct later *next; };
      struct later;
      """)
    #expect(
      header.records.map { "\($0.name) \($0.layout != nil)" } == [
        "never false", "late_typedef false", "between true", "later true",
      ])
  }

  @Test func keepsRecordsThatOnlyAPrototypeNames() throws {
    let header = try read("void f(struct hidden *h);")
    #expect(header.records == [Record(kind: .structure, name: "hidden", layout: nil)])
  }

  @Test func seesDeclarationsInsideOfBraces() throws {
    let header = try read(
      "struct outer { struct unused { int a; }; enum { LIMIT = 4 }; enum e { X } field; };")
    #expect(header.records.map(\.name) == ["unused", "outer"])
    #expect(header.enumerations.map(\.name) == ["enum@LIMIT", "e"])
  }

  @Test func readsLargeRecordsByValue() throws {
    let header = try read(
      """
      typedef struct { char internal[4096]; } id;
      typedef union { char c[4096]; long align; } uid;
      int init(id a, uid b);
      """)
    #expect(header.records.map(\.layout?.size) == [4096, 4096])
    #expect(try header.function("init").signature == "init(id a, uid b) -> int")
  }
}
