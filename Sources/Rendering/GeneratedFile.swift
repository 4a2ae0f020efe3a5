package import BindingPlan

/// One file of a vendor's output, and the template that prints it.
package struct GeneratedFile: Sendable {
  /// Under `Templates/`, without `.mustache`.
  package let template: String
  /// Under `Generated/`.
  package let path: @Sendable (Plan) -> String
  /// Whether there is anything to put in it.
  let isNeeded: @Sendable (Plan) -> Bool

  /// The file's name in a build that the plugin BindingsGenerator generates it in; none for C.
  package var buildName: String? {
    template.hasPrefix("Swift/") ? String(template.dropFirst(6)) : nil
  }

  init(
    _ template: String, needed isNeeded: @escaping @Sendable (Plan) -> Bool = { _ in true },
    path: @escaping @Sendable (Plan) -> String
  ) {
    self.template = template
    self.isNeeded = isNeeded
    self.path = path
  }

  /// Everything that is generated for a vendor: to add a file is to add a row.
  package static let all: [GeneratedFile] = [
    GeneratedFile("C/Types.h") { "\($0.cModule)/include/\($0.cModule).h" },
    GeneratedFile("C/Types.c") { "\($0.cModule)/\($0.cModule).c" },
    GeneratedFile("Swift/Library.swift") { "\($0.module)/\($0.libraryType).swift" },
    GeneratedFile("Swift/Functions.swift") { "\($0.module)/\($0.functionType).swift" },
    GeneratedFile("Swift/CheckedCalls.swift") { "\($0.module)/CheckedCalls.swift" },
    GeneratedFile("Swift/Enumerations.swift", needed: { !$0.enumerations.isEmpty }) {
      "\($0.module)/Enumerations.swift"
    },
    GeneratedFile(
      "Swift/Types.swift",
      needed: { !$0.handles.isEmpty || !$0.aliasedRecords.isEmpty || !$0.flags.isEmpty }
    ) { "\($0.module)/Types.swift" },
    GeneratedFile("Swift/Structures.swift", needed: { !$0.structures.isEmpty }) {
      "\($0.module)/Structures.swift"
    },
    GeneratedFile("Swift/Constants.swift", needed: { !$0.constants.isEmpty }) {
      "\($0.module)/Constants.swift"
    },
    GeneratedFile("Swift/Collectives.swift", needed: { $0.collectives != nil }) {
      "\($0.module)/Collectives.swift"
    },
    GeneratedFile("C/HostShim.c", needed: { $0.hostShim != nil }) {
      "HostShims/\($0.profile.typePrefix)/\($0.profile.typePrefix)HostShim.c"
    },
  ]
}
