package import HeaderModel

/// A struct that carries its size, a magic number and a version: its fields are Swift properties,
/// and it is laid out in memory for the loaded release when a call needs it.
package struct StructurePlan: Sendable {
  package var cName: String
  package var swiftName: String
  package var doc: [String]
  package var availability: Availability
  package var fields: [StructureFieldPlan]
  package var layouts: [StructureLayoutPlan]
  /// The layout and the version number that each release's header stamps.
  package var stamps: [(release: Release, layout: Int, version: Int)]
}

package struct StructureFieldPlan: Sendable {
  package enum Form: String, Sendable {
    case number
    /// `const char *`
    case text
    case pointer
    case handle
    /// An enumeration or flags.
    case wrapped
  }

  package var cName: String
  package var swiftName: String
  /// Without the `?` that "not set" adds.
  package var swiftType: String
  package var form: Form
  package var doc: [String]
  package var availability: Availability
}

package struct StructureLayoutPlan: Sendable {
  package struct Entry: Sendable {
    package enum Content: Sendable {
      /// Field number of the structure.
      case field(Int)
      case size
      case version
      case fixed
    }

    package var cName: String
    package var offset: Int
    /// In bytes.
    package var width: Int
    package var content: Content
    /// The bits that the header's initialiser puts there.
    package var initial: UInt64
  }

  package var size: Int
  package var alignment: Int
  package var entries: [Entry]
}
