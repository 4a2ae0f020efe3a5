/// The words of a C name: `comm`, `get`, `unique`, `id` of `commGetUniqueId`, in lower case.
///
/// Guesses look at whole words: `count` is one of `ncclCommCount` and none of `ncclAccounting`.
struct NameWords {
  private(set) var words: [String] = []

  init(_ name: String) {
    var word: [UInt8] = []
    let letters = Array(name.utf8)
    for (index, letter) in letters.enumerated() {
      let isCapital = Self.isCapital(letter)
      // A run of capitals is one word, whose last letter belongs to the next: PTXSize, UniqueID.
      let next = index + 1 < letters.count ? letters[index + 1] : 0
      let previous = index > 0 ? letters[index - 1] : 0
      let startsWord =
        isCapital && (!Self.isCapital(previous) || Self.isLower(next)) && !word.isEmpty
      if letter == UInt8(ascii: "_") || startsWord {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      }
      if letter != UInt8(ascii: "_") { word.append(isCapital ? letter | 0x20 : letter) }
    }
    words.append(String(decoding: word, as: UTF8.self))
    words.removeAll { $0.isEmpty }
  }

  func contains(anyOf others: Set<String>) -> Bool { words.contains { others.contains($0) } }

  var last: String { words.last ?? "" }

  static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
