import HeaderModel

/// Refuses a plan whose output would not compile because two things got one Swift name.
enum CheckPlan {
  static func check(_ plan: Plan) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var types = [
      plan.libraryType: "the library", plan.functionType: "its functions",
      plan.constantsType: "its constants",
    ]
    let named =
      plan.enumerations.map { ($0.cName, $0.swiftName) } + plan.handles.map { ($0.cName, $0.swiftName) }
      + plan.structures.map { ($0.cName, $0.swiftName) } + plan.flags.map { ($0.prefix, $0.swiftName) }
      + plan.records.compactMap { record in record.swiftName.map { (record.cName, $0) } }
      .filter { name, _ in !plan.structures.contains { $0.cName == name } }
    for (cName, swiftName) in named {
      if let other = types.updateValue(cName, forKey: swiftName) {
        problems.append(clash(other, cName, swiftName, "types", plan))
      }
    }
    var methods: [String: String] = [:]
    for function in plan.functions {
      for wrapper in function.wrappers {
        let labels = wrapper.parameters.map { "\($0.swiftName):" }.joined()
        let name = "\(wrapper.swiftName)(\(labels))"
        if let other = methods.updateValue(function.cName, forKey: name) {
          problems.append(clash(other, function.cName, name, "functions", plan))
        }
      }
    }
    return problems
  }

  private static func clash(
    _ first: String, _ second: String, _ swiftName: String, _ section: String, _ plan: Plan
  ) -> Diagnostic {
    Diagnostic(
      .error, file: plan.profile.file, "\(first) and \(second) would both be \(swiftName) in Swift",
      rule: "name-clash", help: "give one of them a name under names: \(section):, or set libraryType:")
  }
}
