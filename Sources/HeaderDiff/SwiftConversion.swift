/// What Swift converts by itself where an argument is passed.
enum SwiftConversion {
  static func converts(_ from: String, _ to: String) -> Bool {
    if from == to { return true }
    let (source, target) = (Parts(from), Parts(to))
    guard target.isOptional || !source.isOptional else { return false }
    if source.name == target.name { return true }
    return targets(of: source.name).contains(target.name)
  }

  /// A pointer to what may be written is one to what may be read, and any is one to bytes.
  private static func targets(of pointer: Substring) -> [Substring] {
    if pointer == "UnsafeMutableRawPointer" { return ["UnsafeRawPointer"] }
    if pointer.hasPrefix("UnsafePointer<") { return ["UnsafeRawPointer"] }
    let mutable = "UnsafeMutablePointer<"
    guard pointer.hasPrefix(mutable) else { return [] }
    return [
      "UnsafePointer<" + pointer.dropFirst(mutable.count), "UnsafeMutableRawPointer",
      "UnsafeRawPointer",
    ]
  }

  private struct Parts {
    var name: Substring
    var isOptional: Bool

    init(_ type: String) {
      isOptional = type.hasSuffix("?")
      name = type.dropLast(isOptional ? 1 : 0)
    }
  }
}
