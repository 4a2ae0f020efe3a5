package import BindingPlan
package import ELFSymbols
package import HeaderModel

/// What a library file, its vendor's headers and, where it was asked, the running library say about
/// each other.
///
/// Made without running anything of the vendor's: the file is read, the headers are models, and the
/// running library's answer is handed in.
package struct LibraryCheck: Sendable {
  package let library: SharedObject
  package let profile: VendorProfile
  /// What the library is held against, and why that.
  package let model: ModelChoice
  /// How many functions and variables the header says that the library exports.
  package let declaredCount: Int
  package let missing: MissingSymbols
  package let undeclared: [UndeclaredExport]
  package let twins: [TwinPair]
  package let undefined: UndefinedSymbols
  package let flavours: FlavourFindings
  package let answer: LibraryAnswer

  /// - Parameters:
  ///   - models: All of the vendor's.
  ///   - named: The model to check against; nil: the one that fits.
  package init(
    _ library: SharedObject, _ profile: VendorProfile, models: [Header], named: Header? = nil,
    answer: LibraryAnswer = .notAsked
  ) throws(Diagnostic) {
    let exports = Exports(library)
    self.library = library
    self.profile = profile
    self.answer = answer
    flavours = FlavourFindings(
      profile, models, exports, versionCode: answer.versionCode(profile.library))
    model = try ModelChoice(
      library, exports, profile, models: models, named: named,
      answered: answer.release(profile.library), flavour: flavours.only)
    try Self.checkMachine(library, model.header)

    let declared = DeclaredSymbols(model.header)
    let twinNames = TwinNames(profile.functions)
    declaredCount = declared.functions.count + declared.variables.count
    missing = MissingSymbols(declared, exports, twinNames)
    undeclared = UndeclaredExport.find(
      exports, declared, model.header, among: models, profile.functions, twinNames)
    twins = TwinPair.find(exports, declared, profile.functions, twinNames)
    undefined = UndefinedSymbols(library)
  }

  /// The release that the running library says it is.
  package var releaseByCall: Release? { answer.release(profile.library) }

  /// Whether the header and the library agree: all that is declared is exported, and the library,
  /// where it was asked, says the header's release.
  package var isConsistent: Bool {
    if !missing.isEmpty { return false }
    switch answer {
    case .notAsked: return true
    case .said: return releaseByCall == model.header.release
    case .failed: return false
    }
  }

  /// A library for neither the model's machine nor this one is hardly what the user means to use.
  /// Names are the same on every machine, so the models serve on this one whatever theirs is.
  private static func checkMachine(
    _ library: SharedObject, _ header: Header
  ) throws(Diagnostic) {
    let machine = library.identity.machine
    guard let expected = ELFIdentity.Machine(target: header.target), machine != expected,
      machine != ELFIdentity.Machine.host
    else { return }
    throw Diagnostic(
      .error, file: library.path,
      "is built for \(machine), and the model is of \(header.target)", rule: "library-machine",
      help: "check a library for \(expected), or read the header for \(machine)")
  }
}

/// What a library exports, by name.
struct Exports {
  private let symbols: [String: DynamicSymbol]

  init(_ library: SharedObject) {
    symbols = Dictionary(
      library.symbols.lazy.filter(\.isExported).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  var names: Dictionary<String, DynamicSymbol>.Keys { symbols.keys }

  subscript(name: String) -> DynamicSymbol? { symbols[name] }

  func has(_ name: String) -> Bool { symbols[name] != nil }
}

/// What a header says that the library exports.
struct DeclaredSymbols {
  let functions: Set<String>
  let variables: Set<String>

  init(_ header: Header) {
    functions = Set(header.functions.lazy.filter(\.isExported).map(\.symbol))
    variables = Set(header.variables.lazy.filter { !$0.isStatic }.map(\.name))
  }

  func has(_ name: String) -> Bool { functions.contains(name) || variables.contains(name) }

  var all: Set<String> { functions.union(variables) }
}
