import BindingPlan

/// The operations of communicators as templates see them.
struct CollectiveContext {
  private let plan: Plan
  private let collectives: CollectivePlan

  static func value(_ plan: Plan, _ values: inout TemplateContext) -> TemplateValue {
    guard let collectives = plan.collectives else { return .absent }
    return CollectiveContext(plan: plan, collectives: collectives).root(&values)
  }

  private func root(_ values: inout TemplateContext) -> TemplateValue {
    var kinds = Kinds()
    return values.object([
      "makesRecords": .flag(makesRecords),
      "uniqueIDType": values.text(collectives.uniqueID?.swiftName),
      "codes": codes(&values),
      "operations": operations(&kinds, &values) { _ in true },
      "enqueued": operations(&kinds, &values) { $0.isEnqueued },
      "called": operations(&kinds, &values) { !$0.isEnqueued },
      "configurations": structures(collectives.configurations, &kinds, &values),
      "reports": structures(collectives.reports, &kinds, &values),
    ])
  }

  /// Whether there is something of the C header that is more than passed on.
  private var makesRecords: Bool {
    collectives.operations.flatMap(\.methods).flatMap(\.arguments).contains {
      if case .waits = $0.form { true } else { false }
    }
  }

  /// All objects of one kind have the same names.
  private struct Kinds {
    var operation = TemplateKind()
    var method = TemplateKind()
    var argument = TemplateKind()
    var byteRecord = TemplateKind()
    var wait = TemplateKind()
    var member = TemplateKind()
    var structure = TemplateKind()
    var field = TemplateKind()
  }

  private func codes(_ values: inout TemplateContext) -> TemplateValue {
    var kind = TemplateKind()
    var memberKind = TemplateKind()
    return values.list(
      collectives.codes.map { code in
        let flags = plan.flags.first { $0.swiftName == code.type }
        let members = flags.map { flags in
          values.list(
            flags.members.map { member in
              values.object(
                &memberKind,
                [
                  "cName": values.text(member.cName), "name": values.text(member.swiftName),
                  "value": values.number(member.value),
                  "span": values.text(span(member.availability)),
                ])
            })
        }
        return values.object(
          &kind,
          [
            "kind": values.text(code.kind), "type": values.text(code.type),
            "isFlags": .flag(flags != nil), "members": members ?? .absent,
          ])
      })
  }

  private func operations(
    _ kinds: inout Kinds, _ values: inout TemplateContext,
    where isListed: (CollectiveOperationPlan) -> Bool
  ) -> TemplateValue {
    values.list(
      collectives.operations.filter(isListed).map { operation in
        let methods = operation.methods.indices.map { index in
          method(
            operation.methods[index], of: operation,
            isLast: index == operation.methods.count - 1, &kinds, &values)
        }
        return values.object(
          &kinds.operation,
          [
            "name": values.text(operation.name), "cName": values.text(operation.cName),
            "slotRange": values.text { $0 += operation.slots }, "methods": values.list(methods),
          ])
      })
  }

  private func method(
    _ method: CollectiveMethodPlan, of operation: CollectiveOperationPlan, isLast: Bool,
    _ kinds: inout Kinds, _ values: inout TemplateContext
  ) -> TemplateValue {
    let arguments = method.arguments.map { argument in
      values.object(
        &kinds.argument,
        [
          "label": values.text(argument.label),
          "expression": values.text(
            CollectiveArgumentText.expression(argument, of: operation.cName)),
        ])
    }
    return values.object(
      &kinds.method,
      [
        "operation": values.text(operation.name),
        "swiftName": values.text(SwiftNames.escaped(method.swiftName)),
        "slotRange": values.text { $0 += method.slots },
        "isChoice": .flag(!isLast),
        "arguments": values.list(arguments), "hasArguments": .flag(!arguments.isEmpty),
        "byteRecords": byteRecords(method, operation, &kinds, &values),
        "waits": waits(method, operation, &kinds, &values),
        "value": values.text(CollectiveArgumentText.value(method)),
      ])
  }

  /// Records of bytes that the function takes by address.
  private func byteRecords(
    _ method: CollectiveMethodPlan, _ operation: CollectiveOperationPlan, _ kinds: inout Kinds,
    _ values: inout TemplateContext
  ) -> TemplateValue {
    values.list(
      method.arguments.compactMap { argument in
        guard case .bytes(let type, byAddress: true) = argument.form else { return nil }
        return values.object(
          &kinds.byteRecord,
          [
            "label": values.text(argument.label), "type": values.text(type),
            "expression": values.text(
              CollectiveArgumentText.bytes(argument, type, of: operation.cName)),
          ])
      })
  }

  private func waits(
    _ method: CollectiveMethodPlan, _ operation: CollectiveOperationPlan, _ kinds: inout Kinds,
    _ values: inout TemplateContext
  ) -> TemplateValue {
    values.list(
      method.arguments.compactMap { argument in
        guard case .waits(let type, let members) = argument.form else { return nil }
        let items = members.map { member in
          values.object(
            &kinds.member,
            [
              "member": values.text(member.member),
              "expression": values.text(
                CollectiveArgumentText.integer(
                  "wait.\(member.property)", member.property, of: operation.cName)),
            ])
        }
        return values.object(
          &kinds.wait,
          [
            "label": values.text(argument.label), "type": values.text(type),
            "members": values.list(items),
          ])
      })
  }

  // MARK: Structures

  private func structures(
    _ indices: [Int], _ kinds: inout Kinds, _ values: inout TemplateContext
  ) -> TemplateValue {
    values.list(
      indices.map { index in
        let structure = plan.structures[index]
        // What cannot be said in a number or a text is for the vendor's own module.
        let fields = structure.fields.filter { $0.form != .pointer && $0.form != .handle }
        let items = fields.map { field in
          let isReal = ["Float", "Double"].contains(field.swiftType)
          return values.object(
            &kinds.field,
            [
              "name": values.text(SwiftNames.escaped(field.swiftName)),
              "plainName": values.text(field.swiftName),
              "type": values.text(field.swiftType),
              "isText": .flag(field.form == .text), "isReal": .flag(isReal),
              "isInteger": .flag(field.form == .number && !isReal),
              "isWrapped": .flag(field.form == .wrapped),
            ])
        }
        return values.object(
          &kinds.structure,
          [
            "swiftName": values.text(structure.swiftName),
            "cName": values.text(structure.cName),
            "fieldNames": values.literal(fields.map(\.swiftName).joined(separator: ", ")),
            "fields": values.list(items),
          ])
      })
  }
}

/// The Swift text that makes a vendor's argument out of the run time's.
enum CollectiveArgumentText {
  static func expression(_ argument: CollectiveArgumentPlan, of call: String) -> String {
    let value = "arguments.\(argument.role.name)"
    switch argument.form {
    case .same: return value
    case .integer: return integer(value, argument.label, of: call)
    case .wrappedInteger(let type):
      return "\(type)(rawValue: \(integer(value, argument.label, of: call)))"
    case .handle(let type): return "\(type)(rawValue: \(value))"
    case .records(let type): return "\(value)?.assumingMemoryBound(to: \(type).self)"
    case .bytes(let type, byAddress: false): return bytes(argument, type, of: call)
    case .bytes(_, byAddress: true), .waits: return "&_bcValue_\(argument.label)"
    case .structure(let type):
      return
        "\(value).map { (fields) throws(CollectiveError) in try \(type)(fields, for: self.library) }"
    }
  }

  static func integer(_ value: String, _ argument: String, of call: String) -> String {
    "self.library.integer(\(value), of: \"\(argument)\", in: \"\(call)\")"
  }

  static func bytes(_ argument: CollectiveArgumentPlan, _ type: String, of call: String) -> String {
    "self.library.bytes({ () throws(ByteCountError) in try \(type)(bytes: arguments.\(argument.role.name)) }, "
      + "of: \"\(argument.label)\", in: \"\(call)\")"
  }

  /// What is returned of a method's result; `nil` if it has none.
  static func value(_ method: CollectiveMethodPlan) -> String? {
    let value = "_bcValue" + (method.resultName.map { ".\($0)" } ?? "")
    switch method.result {
    case .none: return nil
    case .integer: return ".integer(Int(truncatingIfNeeded: \(value)))"
    case .wrappedInteger: return ".integer(Int(truncatingIfNeeded: \(value).rawValue))"
    case .pointer: return ".pointer(\(value))"
    case .handle: return ".pointer(\(value).rawValue)"
    case .lateHandle: return ".late(\(value).pointer)"
    case .bytes: return ".bytes(\(value).bytes)"
    case .text: return ".text(\(value))"
    case .structure: return ".fields(\(value).fields)"
    }
  }
}
