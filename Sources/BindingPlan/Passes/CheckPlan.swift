import HeaderModel

/// Refuses a plan whose output would not compile because two things got one Swift name.
struct CheckPlan {
  private let plan: Plan
  private var problems: [Diagnostic] = []

  static func check(_ plan: Plan) -> [Diagnostic] {
    var check = CheckPlan(plan)
    check.types()
    check.functions()
    check.defaults()
    check.members()
    return check.problems
  }

  private init(_ plan: Plan) { self.plan = plan }

  private mutating func types() {
    let versioned = Set(plan.structures.map(\.cName))
    let records = plan.records.filter { !versioned.contains($0.cName) }
    unique(
      plan.enumerations.map { ($0.cName, $0.swiftName) }
        + plan.handles.map { ($0.cName, $0.swiftName) }
        + plan.structures.map { ($0.cName, $0.swiftName) }
        + plan.flags.map { ($0.prefix, $0.swiftName) }
        + records.compactMap { record in record.swiftName.map { (record.cName, $0) } },
      reserved: [
        plan.libraryType: "the library", plan.functionType: "its functions",
        plan.constantsType: "its constants",
      ], fix: "give one of them a name under names: types:, or set libraryType:")
  }

  private mutating func functions() {
    let fix = "give one of them a name under names: functions:"
    unique(
      plan.functions.map { ($0.cName, $0.swiftName) },
      reserved: ["all": "the list of all functions"], fix: fix)
    guard !problems.contains(where: { $0.help == fix }) else { return }
    let reserved = [
      "library": "the opened library", "functions": "the function table",
      "lastError": "the last error's text",
    ]
    // Methods of one name may differ by what they take. Each function's name is its own by now, so
    // that only its own methods and those that every library has can be the same.
    let doubtful = plan.functions.filter {
      $0.wrappers.count > 1 || reserved[$0.swiftName] != nil
    }
    unique(
      doubtful.flatMap { function in
        function.wrappers.map { wrapper in
          let parameters = wrapper.parameters.map { "\($0.swiftName): \($0.type.swift)" }
          return (function.cName, "\(wrapper.swiftName)(\(parameters.joined(separator: ", ")))")
        }
      },
      reserved: Dictionary(uniqueKeysWithValues: reserved.map { ("\($0)()", $1) }), fix: fix)
  }

  /// A default is one text for all parameters of its name, whatever their types.
  private mutating func defaults() {
    guard !plan.profile.defaults.isEmpty else { return }
    for function in plan.functions {
      for parameter in function.wrappers.lazy.flatMap(\.arguments) where !parameter.isResult {
        guard let value = plan.profile.defaults[parameter.cName], !parameter.isStructure,
          !Self.fits(value, parameter.type)
        else { continue }
        problems.append(
          Diagnostic(
            .error, file: plan.profile.file, line: plan.profile.lines[parameter.cName],
            "the default of \(parameter.cName), \(value), is no \(parameter.type.swift), "
              + "which \(function.cName) takes", rule: "profile-wrong-type"))
      }
    }
  }

  private static func fits(_ value: String, _ type: MappedType) -> Bool {
    guard type.form == .plain else { return false }
    switch value {
    case "nil": return type.swift.hasSuffix("?")
    case "true", "false": return type.swift == "Bool"
    default: return type.zero == "0" && (!value.hasPrefix("-") || !type.swift.hasPrefix("UInt"))
    }
  }

  private mutating func members() {
    for enumeration in plan.enumerations {
      unique(
        enumeration.enumerators.map { ($0.cName, $0.swiftName) },
        reserved: ["enumerators": "the list of all enumerators of \(enumeration.cName)"],
        fix: "give one of them a name under names: enumerators:")
    }
    for structure in plan.structures {
      unique(
        structure.fields.map { ($0.cName, $0.swiftName) },
        fix: "give one of them a name under names: fields:")
    }
  }

  private mutating func unique(
    _ names: [(cName: String, swiftName: String)], reserved: [String: String] = [:], fix: String
  ) {
    var owners = reserved
    owners.reserveCapacity(reserved.count + names.count)
    for (cName, swiftName) in names {
      guard let other = owners.updateValue(cName, forKey: swiftName) else { continue }
      problems.append(
        Diagnostic(
          .error, file: plan.profile.file,
          "\(other) and \(cName) would both be \(swiftName) in Swift", rule: "name-clash", help: fix
        ))
    }
  }
}
