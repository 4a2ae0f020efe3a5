package import HeaderModel

/// Everything that the templates print for one vendor, decided: names, types, gates, order.
package struct Plan: Sendable {
  package var profile: VendorProfile
  /// Every release with a model, ascending, flavours counted once.
  package var releases: [Release]
  /// The flavours that there are models of.
  package var modelledFlavours: Set<String>
  package var slots: [SlotPlan] = []
  package var functions: [FunctionPlan] = []
  /// Declared by some header and left out of the table on purpose: twins, skipped.
  package var otherSymbols: [String] = []
  package var errorText: ErrorTextPlan?
  package var lastError: LastErrorPlan?
  package var status: StatusPlan?
  package var enumerations: [EnumerationPlan] = []
  package var handles: [HandlePlan] = []
  package var records: [RecordPlan] = []
  package var callbacks: [CallbackPlan] = []
  package var byteRecords: [ByteRecordPlan] = []
  package var structures: [StructurePlan] = []
  package var flags: [FlagPlan] = []
  package var constants: [ConstantPlan] = []
  /// `nil` where the profile does not say that the library has collectives.
  package var collectives: CollectivePlan?
  /// `nil` where the profile does not ask for one.
  package var hostShim: HostShimPlan?
  /// What the headers declare and the module does not bind, each with its reason.
  package var skipped: [Diagnostic] = []

  init(profile: VendorProfile, releases: [Release], modelledFlavours: Set<String>) {
    self.profile = profile
    self.releases = releases
    self.modelledFlavours = modelledFlavours
  }
}

extension Plan {
  /// The records that Swift has a name for. A versioned structure is a Swift type of its own.
  package var aliasedRecords: [RecordPlan] {
    let versioned = Set(structures.map(\.cName))
    return records.filter { $0.swiftName != nil && !versioned.contains($0.cName) }
  }

  package var module: String { profile.module }
  package var cModule: String { "C\(profile.module)" }
  /// What the C header's names start with, so that two vendors' modules never clash.
  package var cPrefix: String { profile.cPrefix ?? "C\(profile.typePrefix)_" }
  package var libraryType: String { profile.libraryType ?? "\(profile.typePrefix)Library" }
  package var functionType: String { "\(profile.libraryType ?? profile.typePrefix)Function" }
  package var constantsType: String { "\(profile.libraryType ?? profile.typePrefix)Constants" }
}

package struct StatusPlan: Sendable {
  package var cType: String
  package var swiftType: String
  package var success: Int128
  /// Swift names of the enumerators that mean "accepted, not finished".
  package var pending: [String]
}

/// How to ask the library for a status code's text.
package struct ErrorTextPlan: Sendable {
  package var slot: String
  /// `true`: `status f(code, const char **text)`; otherwise `const char *f(code)`.
  package var writesText: Bool
}

package struct LastErrorPlan: Sendable {
  package var slot: String
  /// The function takes a handle, for which null is allowed.
  package var takesHandle: Bool
}

package struct HandlePlan: Sendable {
  package var cName: String
  package var swiftName: String
  package var doc: [String]
  package var availability: Availability
}

/// A record laid out in the generated C header.
package struct RecordPlan: Sendable {
  package var cName: String
  /// The name in the generated header.
  package var emittedName: String
  /// The Swift alias; `nil` where only some releases have this layout.
  package var swiftName: String?
  package var kind: Record.Kind
  /// The declarations between the braces, one a line, indented by their depth.
  package var members: [String]
  package var attributes: [String]
  package var size: Int
  package var alignment: Int
  package var offsets: [(member: String, bytes: Int)]
  package var doc: [String]
  package var releases: String
}

/// A function-pointer type of the generated C header.
package struct CallbackPlan: Sendable {
  package var cName: String
  package var emittedName: String
  package var declaration: String
  package var signature: String
}

package struct ByteRecordPlan: Sendable {
  package var cName: String
  package var swiftName: String
  package var size: Int
}

package struct FlagPlan: Sendable {
  package struct Member: Sendable {
    package var cName: String
    package var swiftName: String
    package var value: Int128
    package var availability: Availability
  }

  package var swiftName: String
  package var rawType: String
  package var prefix: String
  package var members: [Member]
}

package struct ConstantPlan: Sendable {
  package var cName: String
  package var swiftName: String
  package var swiftType: String
  package var value: String
  /// As C has it, on one line.
  package var declaration: String
  package var availability: Availability
}
