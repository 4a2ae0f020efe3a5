/// Something that holds of every vendor's library, or is refused.
package struct Case: Sendable {
  /// Which list it is in.
  package enum Kind: Sendable {
    /// Everything works.
    case ordinary
    /// Something goes wrong; only on the CPU stand-ins, which notice it in bounded time.
    case fault
    /// The last rank does not survive it.
    case fatal
  }

  package let name: String
  package let kind: Kind
  /// Whether it is run again with communicators that do not block.
  let hasNonBlocking: Bool
  let body: @Sendable (Member) throws -> Void

  init(
    _ name: String, _ kind: Kind = .ordinary, hasNonBlocking: Bool = true,
    _ body: @escaping @Sendable (Member) throws -> Void
  ) {
    self.name = name
    self.kind = kind
    self.hasNonBlocking = hasNonBlocking
    self.body = body
  }
}

/// A case as it is run.
package struct Trial: Sendable {
  package let `case`: Case
  package let isBlocking: Bool

  package var name: String { `case`.name + (isBlocking ? "" : "/non-blocking") }
}
