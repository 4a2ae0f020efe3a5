import HeaderModel

/// Turns the operations that the CPU engine has around: from the vendor's arguments to the roles.
struct PlanHostShim {
  private(set) var plan: HostShimPlan
  /// Functions that the engine has, and that cannot be exported.
  private(set) var unfit: [Diagnostic] = []
  private let whole: Plan
  /// The kinds of numbers that occur.
  private var kinds: Set<String> = ["status"]
  /// The versioned structure that communicators are configured with.
  private var configuration: String?

  init(_ whole: Plan, _ collectives: CollectivePlan) {
    self.whole = whole
    let release = whole.releases.last ?? Release(0, 0, 0)
    let library = whole.profile.library
    plan = HostShimPlan(
      release: release,
      versionCode: library.versionCode.lazy.compactMap { $0.encode(release) }.first)
    var operations: [String: CollectiveOperationPlan] = [:]
    for operation in collectives.operations where CollectiveTable.hosted.contains(operation.name) {
      operations[operation.cName] = operation
    }
    for function in whole.functions {
      if function.cName == library.versionFunction {
        guard plan.versionCode != nil else { continue }
        add(function, function.wrappers, "getVersion") { _ in .result }
      } else if function.cName == library.errorText {
        let writes = whole.errorText?.writesText == true
        let status = function.wrappers.first?.arguments.first?.cName
        add(function, function.wrappers, writes ? "writeErrorText" : "getErrorText") {
          $0.cName == status ? .status : .result
        }
      } else if let operation = operations[function.cName] {
        add(function, operation)
      }
    }
    addCodes(collectives)
    addLayouts()
  }

  // MARK: Functions

  private mutating func add(_ function: FunctionPlan, _ operation: CollectiveOperationPlan) {
    // What is no method of the operation has arguments that nobody knows the meaning of.
    let wrappers = function.wrappers.filter { wrapper in
      operation.methods.contains { $0.slots == wrapper.slots }
    }
    guard wrappers.allSatisfy({ $0.arguments.count(where: \.isResult) < 2 }) else {
      unfit.append(
        Diagnostic(
          .warning, file: whole.profile.file,
          "the host shim does not export \(function.cName): it has several results",
          rule: "skip-host-export"))
      return
    }
    let arguments = operation.methods.flatMap(\.arguments)
    for argument in arguments {
      if let code = argument.role.code { kinds.insert(code) }
      if case .structure(let type) = argument.form { configuration = type }
    }
    add(function, wrappers, operation.name) { parameter in
      if parameter.isResult { return .result }
      if let argument = arguments.first(where: { $0.label == parameter.swiftName }) {
        return .role(argument)
      }
      return ["nil", "0"].contains(parameter.defaultValue) ? .reserved : nil
    }
  }

  /// Where a parameter goes to.
  private enum Source {
    case result
    case status
    /// Nothing is known of it but that it is null.
    case reserved
    case role(CollectiveArgumentPlan)

    func field(_ name: String) -> HostFormPlan.Field {
      switch self {
      case .result:
        HostFormPlan.Field(name: "result", expression: "{\(name), sizeof *\(name)}")
      case .status: HostFormPlan.Field(name: "status", expression: name)
      case .reserved:
        HostFormPlan.Field(name: "reserved", expression: "(uintptr_t)\(name)")
      case .role(let argument):
        HostFormPlan.Field(name: argument.role.name, expression: Self.expression(argument, name))
      }
    }

    private static func expression(_ argument: CollectiveArgumentPlan, _ name: String) -> String {
      if case .bytes(_, byAddress: false) = argument.form { return "&\(name)" }
      return name
    }
  }

  /// - Parameter source: Where an argument goes to; `nil`: nowhere.
  private mutating func add(
    _ function: FunctionPlan, _ wrappers: [WrapperPlan], _ call: String,
    _ source: (ParameterPlan) -> Source?
  ) {
    var forms: [String: [HostFormPlan]] = [:]
    for wrapper in wrappers {
      for variant in wrapper.calls {
        guard
          let slot = whole.slots[function.slots].first(where: { $0.field == variant.field }),
          slot.availability.until == nil
        else { continue }
        let arguments = Array(wrapper.arguments.prefix(variant.count))
        forms[slot.symbol, default: []].append(form(slot, arguments, call, source))
      }
    }
    for (symbol, forms) in forms.sorted(by: { byBytes($0.key, $1.key) }) {
      plan.functions.append(HostFunctionPlan(symbol: symbol, forms: ordered(forms)))
    }
  }

  private func form(
    _ slot: SlotPlan, _ arguments: [ParameterPlan], _ call: String,
    _ source: (ParameterPlan) -> Source?
  ) -> HostFormPlan {
    let names = arguments.indices.map { index in
      arguments[index].cName.isEmpty ? "_bcArgument\(index)" : arguments[index].cName
    }
    var form = HostFormPlan(slot: slot.index, call: call)
    for (argument, name) in zip(arguments, names) {
      // Of what the library writes, the type is that of the value.
      let type = argument.type.c + (argument.isResult ? " *_Nullable" : "")
      form.parameters.append(.init(type: type, name: name))
      if let source = source(argument) {
        form.fields.append(source.field(name))
      } else {
        form.unused.append(name)
      }
    }
    return form
  }

  /// Of several forms, the one of the flavour that the profile names last needs no macro.
  private func ordered(_ forms: [HostFormPlan]) -> [HostFormPlan] {
    guard forms.count > 1 else { return forms }
    let flavours = whole.profile.flavours.map(\.name)
    func flavour(_ form: HostFormPlan) -> String { whole.slots[form.slot].flavours.first ?? "" }
    func place(_ form: HostFormPlan) -> Int { flavours.firstIndex(of: flavour(form)) ?? -1 }
    var sorted = forms.sorted { place($0) < place($1) }
    for index in sorted.indices.dropLast() {
      let words = flavour(sorted[index]).map { $0.isLetter || $0.isNumber ? $0 : "_" }
      sorted[index].macro = "HOST_SHIM_\(String(words).uppercased())"
    }
    return sorted
  }

  // MARK: Numbers

  private mutating func addCodes(_ collectives: CollectivePlan) {
    for code in collectives.codes where kinds.contains(code.kind) {
      var codes = HostCodesPlan(kind: code.kind, members: [])
      if let enumeration = whole.enumerations.first(where: { $0.swiftName == code.type }) {
        codes.members = enumeration.enumerators
          .filter { $0.aliasOf == nil && $0.availability.until == nil }
          .map { ($0.value, $0.cName, $0.swiftName) }
      } else if let flags = whole.flags.first(where: { $0.swiftName == code.type }) {
        codes.members = flags.members.filter { $0.availability.until == nil }
          .map { ($0.value, $0.cName, $0.swiftName) }
      }
      plan.codes.append(codes)
    }
  }

  private mutating func addLayouts() {
    guard let structure = whole.structures.first(where: { $0.swiftName == configuration }) else {
      return
    }
    let magic = whole.profile.versionedStructures.first { $0.type == structure.cName }?.magicField
    plan.layouts = structure.layouts.map { layout in
      HostLayoutPlan(
        bytes: layout.size,
        fields: layout.entries.compactMap { entry in
          let name: String
          switch entry.content {
          case .size: name = "size"
          case .fixed where entry.cName == magic: name = "magic"
          case .field(let index):
            name = structure.fields[index].swiftName
            guard CollectiveTable.hostedFields.contains(name) else { return nil }
          default: return nil
          }
          return (name, entry.offset, entry.width, entry.initial)
        })
    }
    plan.layouts.sort { $0.bytes < $1.bytes }
  }
}
