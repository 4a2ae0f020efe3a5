import HeaderModel
import Testing

@Suite struct HeaderJSONTests {
  /// One of everything.
  static let header = Header(
    vendor: "toy", release: Release(1, 2, 3), flavour: "relay-\"buffer\"",
    target: "x86_64-unknown-linux-gnu", defines: ["A", "B=\"x\""],
    files: [HeaderFile(name: "toy.h", digest: "00ff")],
    functions: [
      Function(
        name: "toyOpen", result: .typedef("toyResult_t"),
        parameters: [
          Parameter(name: "größe", type: .pointer(.qualified(.scalar(.char), .const))),
          Parameter(name: nil, type: .array(.typedef("size_t"), nil)),
        ], isVariadic: true, attributes: ["deprecated(\"no\")", "weak"],
        doc: "First.\n\tSecond \\ \"quoted\" \u{1}\u{7F}\u{2028}😀"),
      Function(
        name: "toyOld", result: .void, parameters: [], hasPrototype: false, isInline: true,
        isStatic: true),
    ],
    records: [
      Record(kind: .structure, name: "toyComm", layout: nil, doc: "Opaque"),
      Record(
        kind: .union, name: "Outer::0", hasTag: false,
        layout: Record.Layout(
          size: 4, alignment: 4,
          fields: [
            Field(name: "bits", type: .scalar(.unsignedInt), bitOffset: 3, bitWidth: 5, doc: "x"),
            Field(name: nil, type: .record(.structure, "Outer::0::0"), bitOffset: 0),
          ]), attributes: ["packed"], isExternal: true),
      Record(
        kind: .structure, name: "empty",
        layout: Record.Layout(size: 0, alignment: 1, fields: [])),
    ],
    enumerations: [
      Enumeration(
        name: "enum@A", hasTag: false, underlying: .scalar(.unsignedLong),
        enumerators: [
          Enumerator(name: "A", value: Int128(UInt64.max), doc: "the largest"),
          Enumerator(name: "B", value: Int128(Int64.min)),
        ], isExternal: true, doc: "d"),
      Enumeration(name: "none", underlying: .scalar(.int), enumerators: []),
    ],
    typedefs: [
      Typedef(name: "t", type: .pointer(.void), doc: "d"),
      Typedef(name: "size_t", type: .scalar(.unsignedLong), isExternal: true),
    ],
    variables: [
      Variable(
        name: "v", type: .array(.scalar(.int), 2), isStatic: true, attributes: ["weak"], doc: "d"),
      Variable(name: "w", type: .scalar(.int)),
    ],
    macros: [
      Macro(name: "EMPTY", body: ""),
      Macro(name: "F", parameters: [], body: "1", value: nil),
      Macro(name: "G", parameters: ["x", "..."], body: "x"),
      Macro(name: "I", body: "- 1", value: .integer(-1, .scalar(.int))),
      Macro(
        name: "U", body: "u", value: .integer(Int128(UInt64.max), .scalar(.unsignedLong))),
      Macro(name: "P", body: "p", value: .integer(1, .typedef("stream"))),
      Macro(name: "D", body: "d", value: .floating(0.1, .scalar(.double))),
      Macro(name: "N", body: "n", value: .floating(-1e300, .scalar(.float))),
      Macro(name: "S", body: "s", value: .string("a\u{0}b")),
    ])

  @Test func survivesARoundTrip() throws {
    let json = Self.header.json()
    #expect(try Header(json: json) == Self.header)
    #expect(try Header(json: json).json() == json)
  }

  @Test func omitsWhatIsDefault() throws {
    let minimal = Header(vendor: "v", release: Release(1, 0, 0), target: "t")
    let text = String(decoding: minimal.json(), as: UTF8.self)
    #expect(
      text == """
        {
          "schema": 1,
          "vendor": "v",
          "release": "1.0.0",
          "target": "t"
        }

        """)
    #expect(try Header(json: Array(text.utf8)) == minimal)
  }

  /// Layout and order of keys are free.
  @Test func readsAnyJSONForm() throws {
    let text =
      #"{"release":"1.2","functions" : [ { "parameters":[],"name":"f","result":"void"}],"#
      + "\r\n\t" + #""vendor":"v\u0041\/\n", "target":"t","schema":1}"# + "  \n\n"
    let header = try Header(json: Array(text.utf8))
    #expect(header.vendor == "vA/\n")
    #expect(header.functions == [Function(name: "f", result: .void, parameters: [])])
  }

  /// A file that was cut short is an error, never a smaller model and never a crash.
  @Test func refusesEveryPrefix() {
    let json = Self.header.json()
    for count in 0..<(json.count - 1) {
      #expect(throws: JSONError.self) { try Header(json: Array(json[..<count])) }
    }
  }

  /// Whatever happens to one byte, reading ends with a model or an error.
  @Test func survivesChangedBytes() {
    let json = Self.header.json()
    for index in json.indices {
      for byte in [0x00, 0x22, 0x5C, 0x7B, 0x7D, 0x39, 0x80, 0xFF] as [UInt8] {
        var changed = json
        changed[index] = byte
        _ = try? Header(json: changed)
      }
    }
  }

  @Test(arguments: [
    (#"{"schema":2,"vendor":"v","release":"1"}"#, "schema 2"),
    (#"{"schema":1,"vendor":"v","release":"1","colour":"red"}"#, #"unknown key "colour""#),
    (#"{"schema":1,"vendor":"v"}"#, "not a header model"),
    (#"{"vendor":"v","release":"1"}"#, "not a header model"),
    ("[]", "expected '{'"),
    ("", "the text ends"),
    (#"{"schema":1,"vendor":"v","release":"1"} x"#, "text after the end"),
    (#"{"schema":1,"vendor":"v","release":"one"}"#, "is not a release"),
    (#"{"schema":"1"}"#, "expected an integer"),
    (#"{"schema":99999999999999999999}"#, "expected an integer"),
    (#"{"schema":1,"records":[{"kind":"class"}]}"#, "is not struct or union"),
    (#"{"schema":1,"functions":[{"result":"int (*)()"}]}"#, "is not a type"),
    (#"{"schema":1,"functions":[{"static":1}]}"#, "expected true or false"),
    (#"{"schema":1,"macros":[{"floating":"x"}]}"#, "is not a number"),
    (#"{"schema":1,"vendor":"\x"}"#, "escape"),
    (#"{"schema":1,"vendor":"\ud800"}"#, "escape"),
    (#"{"schema":1,"vendor":"\u12"}"#, "escape"),
    (#"{"schema":1,,}"#, "expected"),
    (#"{"schema" 1}"#, "expected ':'"),
    (#"{"functions":[{"name":"f"}"#, "the text ends"),
    ("{\"vendor\":\"a\nb\"}", "control character"),
  ])
  func refuses(text: String, reason: String) {
    let error = #expect(throws: JSONError.self) { try Header(json: Array(text.utf8)) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func namesTheLine() {
    let error = #expect(throws: JSONError.self) {
      try Header(json: Array("{\n\"schema\": 1,\n\"nonsense\": 2}".utf8))
    }
    #expect(error?.line == 3)
  }

  @Test(arguments: ["[", "{\"functions\":", "{\"functions\":[{\"parameters\":"])
  func refusesDeepNesting(piece: String) {
    #expect(throws: JSONError.self) {
      try Header(json: Array(String(repeating: piece, count: 100_000).utf8))
    }
    #expect(throws: JSONError.self) {
      try JSONReader.read(Array(String(repeating: "[", count: 100_000).utf8), Self.descend)
    }
  }

  private static func descend(_ reader: inout JSONReader) throws(JSONError) -> Int {
    try reader.array { (inner) throws(JSONError) in try descend(&inner) }.count
  }

  @Test func tellsModelsOfOneReleaseApart() {
    #expect(Self.header.identifier == "1.2.3-relay-\"buffer\"")
    #expect(Header(vendor: "v", release: Release(2, 0, 1), target: "t").identifier == "2.0.1")
  }
}
