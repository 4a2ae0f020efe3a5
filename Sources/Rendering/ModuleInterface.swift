package import BindingPlan
package import HeaderDiff

/// What the generated module declares for its users, without bodies: the same names and types that
/// the templates print.
package enum ModuleInterface {
  package static func declarations(_ plan: Plan) -> [InterfaceDeclaration] {
    methods(plan) + enumerations(plan) + types(plan) + structures(plan) + constants(plan)
  }

  private static func methods(_ plan: Plan) -> [InterfaceDeclaration] {
    plan.functions.flatMap { function in
      function.wrappers.map { wrapper in
        let result = ReturnText.type(wrapper)
        let name = SwiftNames.escaped(wrapper.swiftName)
        let list = wrapper.parameters.map { parameter in
          "\(SwiftNames.escaped(parameter.swiftName)): \(parameter.type.swift)"
            + (parameter.defaultValue.map { " = \($0)" } ?? "")
        }
        return InterfaceDeclaration(
          symbol: function.cName, path: "\(plan.libraryType).\(wrapper.swiftName)",
          text:
            "func \(name)(\(list.joined(separator: ", "))) throws(CollectiveError)\(result)",
          parameters: wrapper.parameters.map {
            .init(
              label: $0.swiftName, type: $0.type.swift, isDefaulted: $0.defaultValue != nil)
          }, result: result)
      }
    }
  }

  private static func enumerations(_ plan: Plan) -> [InterfaceDeclaration] {
    plan.enumerations.flatMap { enumeration in
      [
        InterfaceDeclaration(
          symbol: enumeration.cName, path: enumeration.swiftName,
          text: "struct \(enumeration.swiftName): OpenEnumeration, of \(enumeration.rawType)")
      ]
        + enumeration.enumerators.map {
          InterfaceDeclaration(
            symbol: $0.cName, path: "\(enumeration.swiftName).\($0.swiftName)",
            text: "static var \(SwiftNames.escaped($0.swiftName)): \(enumeration.swiftName), "
              + "\($0.value)")
        }
    }
  }

  private static func types(_ plan: Plan) -> [InterfaceDeclaration] {
    plan.handles.map {
      InterfaceDeclaration(
        symbol: $0.cName, path: $0.swiftName, text: "struct \($0.swiftName): OpaqueHandle")
    }
      + plan.aliasedRecords.compactMap { record in
        record.swiftName.map {
          InterfaceDeclaration(symbol: record.cName, path: $0, text: "typealias \($0)")
        }
      }
      + plan.flags.flatMap { group in
        [
          InterfaceDeclaration(
            symbol: group.prefix, path: group.swiftName,
            text: "struct \(group.swiftName): OptionSet, of \(group.rawType)")
        ]
          + group.members.map {
            InterfaceDeclaration(
              symbol: $0.cName, path: "\(group.swiftName).\($0.swiftName)",
              text: "static var \(SwiftNames.escaped($0.swiftName)): \(group.swiftName), "
                + "\($0.value)")
          }
      }
  }

  private static func structures(_ plan: Plan) -> [InterfaceDeclaration] {
    plan.structures.flatMap { structure in
      [
        InterfaceDeclaration(
          symbol: structure.cName, path: structure.swiftName, text: "struct \(structure.swiftName)")
      ]
        + structure.fields.map {
          InterfaceDeclaration(
            symbol: "\(structure.cName).\($0.cName)",
            path: "\(structure.swiftName).\($0.swiftName)",
            text: "var \(SwiftNames.escaped($0.swiftName)): \($0.swiftType)?")
        }
    }
  }

  private static func constants(_ plan: Plan) -> [InterfaceDeclaration] {
    plan.constants.map {
      InterfaceDeclaration(
        symbol: $0.cName, path: "\(plan.constantsType).\($0.swiftName)",
        text: "static let \(SwiftNames.escaped($0.swiftName)): \($0.swiftType) = \($0.value)")
    }
  }
}
