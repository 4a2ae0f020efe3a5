import HeaderModel

/// One entry of the function table: a C symbol with one calling convention.
package struct SlotPlan: Sendable {
  package var index: Int
  /// The member's name in the table: the symbol, with a release or flavour where several share it.
  package var field: String
  package var symbol: String
  /// Counts the slots of one symbol.
  package var variant: Int
  package var availability: Availability
  package var flavours: [String]
  /// The C type of the member, with `*_Nullable NAME` in its place.
  package var declaration: String
  /// As the header writes it.
  package var signature: String
}

/// A C function and the Swift methods that call it.
package struct FunctionPlan: Sendable {
  package var cName: String
  package var swiftName: String
  package var doc: [String]
  package var availability: Availability
  package var slots: Range<Int>
  package var wrappers: [WrapperPlan]
}

/// One Swift method. Variants whose parameters only grow at the end share one.
package struct WrapperPlan: Sendable {
  package var swiftName: String
  /// All that the C function takes, in order: inputs and results.
  package var arguments: [ParameterPlan]
  package var returns: ReturnPlan
  /// The longest variant first, so that nothing that the caller gave is dropped.
  package var calls: [CallPlan]
  package var slots: Range<Int>

  /// What the caller gives, in order.
  package var parameters: [ParameterPlan] { arguments.filter { !$0.isResult } }
}

/// A call through one slot, with the first `count` arguments.
package struct CallPlan: Sendable {
  package var field: String
  package var count: Int
  /// Arguments that this variant does not take; they must have their default.
  package var dropped: [ParameterPlan]
}

package struct ParameterPlan: Sendable {
  package var cName: String
  /// Label and name in Swift.
  package var swiftName: String
  /// As it must stand in a declaration.
  package var escapedName: String
  package var type: MappedType
  package var defaultValue: String?
  /// The library writes it and the method returns it.
  package var isResult: Bool
  /// A result, a handle, that the library may write after the call has returned.
  package var isLate: Bool
  /// A versioned structure, laid out for the loaded release.
  package var isStructure: Bool
}

/// What the C function itself returns.
package enum ReturnPlan: Sendable {
  case status
  case void
  case value(MappedType)
}

/// A C type as it stands in the generated header and in Swift. A class, because the few types of a
/// header are shared by all its parameters.
package final class MappedType: Sendable {
  package enum Form: Hashable, Sendable {
    /// The same in C and in Swift.
    case plain
    /// A Swift type around the C value: enumeration, handle, flags.
    case wrapped
    /// `const char *` that the library owns.
    case text
  }

  /// In the generated header, for a nameless declaration.
  package let c: String
  /// In a method's signature.
  package let swift: String
  /// In Swift, of the bare C value.
  package let raw: String
  /// A zero of `raw`.
  package let zero: String
  package let form: Form

  init(c: String, swift: String, raw: String, zero: String, form: Form) {
    self.c = c
    self.swift = swift
    self.raw = raw
    self.zero = zero
    self.form = form
  }

  /// A Swift type around a pointer.
  var isHandle: Bool { form == .wrapped && raw == "UnsafeMutableRawPointer?" }

  /// The same C type under another name in Swift.
  func renamed(_ swift: String, form: Form? = nil) -> MappedType {
    MappedType(c: c, swift: swift, raw: raw, zero: zero, form: form ?? self.form)
  }
}

extension MappedType: Equatable {
  package static func == (left: MappedType, right: MappedType) -> Bool {
    left === right
      || left.c == right.c && left.swift == right.swift && left.form == right.form
  }
}
