import HeaderDiff
import HeaderModel
import HeaderReader
import TestSupport
import Testing

/// What no two releases of NCCL have between them: the script is held to a list that was written
/// by hand, and the diff of what the reader makes of the headers to the script.
@Suite(.needsCorpus([IndependentScript.package]))
struct HeaderChangesToyTests {
  private static let old = """
    #ifndef TOY_H
    #define TOY_H
    #define TOY_GONE 1
    #define TOY_TIMES (2)
    #define TOY_BODY 1 /* one */
    #define toyNowFunction(x) (x)
    typedef enum { toyRed = 0, toyGreen = 1, toyLost = 7 } toyColour_t;
    enum toyOther { toyMoves = 3 };
    typedef struct toyPair_v1 { int left; char right; struct { int x; } in; } toyPair;
    struct toyBits { unsigned low : 3; unsigned high : 5; };
    struct toyGone { int field; };
    struct toyNameless { int kind; union { int number; float real; }; };
    struct toyShown;
    int toySame(int value);
    int toyGone(void);
    int toyTyped(int value);
    int toyNamed(int value);
    int toyOpen();
    int toyOld(void);
    int toyNowMacro(int value);
    #endif
    """

  private static let new = """
    #ifndef TOY_H
    #define TOY_H
    #define TOY_NEW 1
    #define TOY_TIMES (x) (2)
    #define TOY_BODY 1 /* another word for it */
    #define toyNowMacro(x) (x)
    typedef enum { toyRed = 2, toyLime = 1, toyBlue = 4, toyMoves = 3 } toyColour_t;
    typedef struct toyPair_v2 { int left; long right; struct { int y; } in; } toyPair;
    struct toyBits { unsigned low : 4; unsigned high : 5; };
    struct toyNameless { int kind; union { int number; double real; }; struct { int more; }; };
    union toyCame { int number; float real; };
    struct toyShown { int visible; };
    int toySame(int value);
    int toyCame(void);
    int toyTyped(long value);
    int toyNamed(int amount);
    int toyOpen(void);
    __attribute__((deprecated)) int toyOld(void);
    int toyNowFunction(int value);
    #endif
    """

  @Test("By hand, by the script, and by the diff")
  func toy() throws {
    let directory = try TemporaryDirectory()
    let paths = [
      try directory.write(Self.old, to: "old.h"), try directory.write(Self.new, to: "new.h"),
    ]
    let script = try #require(try IndependentScript.changes(paths).first)

    var expected = SymbolChanges()
    expected.functions.added = ["toyCame", "toyNowFunction"]
    expected.functions.removed = ["toyGone", "toyNowMacro"]
    expected.functions.changed = ["toyTyped", "toyNamed", "toyOpen", "toyOld"]
    expected.enumerators.added = ["toyLime", "toyBlue"]
    expected.enumerators.removed = ["toyGreen", "toyLost"]
    expected.enumerators.changed = ["toyRed"]
    expected.fields.added = [
      "toyPair::in.y", "toyNameless::1.more", "toyCame.number", "toyCame.real", "toyShown.visible",
    ]
    expected.fields.removed = ["toyPair::in.x", "toyGone.field"]
    expected.fields.changed = [
      "toyPair.right", "toyPair.in", "toyBits.low", "toyBits.high", "toyNameless::0.real",
    ]
    expected.macros.added = ["TOY_NEW", "toyNowMacro"]
    expected.macros.removed = ["TOY_GONE", "toyNowFunction"]
    expected.macros.changed = ["TOY_TIMES"]
    #expect(script.differences(from: expected) == [])

    let reader = HeaderReader(try Libclang())
    let headers = try paths.map {
      try reader.read(ReadRequest(path: $0, vendor: "toy")).header
    }
    let ours = SymbolChanges(HeaderDiff(headers[0], headers[1]))
    #expect(ours.differences(from: expected) == [])
  }
}
