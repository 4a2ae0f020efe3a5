/// What a template can print or loop over: a place in a `TemplateContext`.
///
/// It owns nothing: making and passing one counts no references.
package struct TemplateValue: BitwiseCopyable, Sendable {
  enum Kind: UInt8 {
    /// A known name without a value: an inverted section shows, printing it gives nothing.
    case absent
    case flag
    case text
    case list
    case object
    /// An object whose members are made when they are asked for.
    case item
  }

  let kind: Kind
  /// Of a text in the context's bytes, of a list or an object in its values; of an item its number;
  /// 1 for a true flag.
  let start: Int32
  /// Bytes of a text, items of a list; of an object or an item the number of its shape.
  let count: Int32

  init(_ kind: Kind, _ start: Int = 0, _ count: Int = 0) {
    self.kind = kind
    self.start = Int32(truncatingIfNeeded: start)
    self.count = Int32(truncatingIfNeeded: count)
  }

  package static let absent = TemplateValue(.absent)

  package static func flag(_ flag: Bool) -> TemplateValue { TemplateValue(.flag, flag ? 1 : 0) }

  /// Whether a section of it is printed.
  var isShown: Bool {
    switch kind {
    case .absent: false
    case .flag: start != 0
    case .text, .list: count > 0
    case .object, .item: true
    }
  }
}
