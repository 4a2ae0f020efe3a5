import HeaderModel

/// Finds the operations of a communicator among the planned functions.
struct PlanCollectives {
  private(set) var plan: CollectivePlan
  /// Functions with the name of an operation whose arguments do not fit.
  private(set) var unfit: [Diagnostic] = []
  private let waits: [CollectiveMember]
  private let file: String
  private var byteRecords: [String: ByteRecordPlan] = [:]
  private var structures: [String: Int] = [:]
  private var codes: [String: String] = [:]

  /// `plan` has everything else.
  init(_ plan: Plan, _ profile: VendorProfile.Collectives) {
    self.plan = CollectivePlan(operations: [], codes: [], configurations: [], reports: [])
    file = plan.profile.file
    waits = profile.waits
    for record in plan.byteRecords { byteRecords[record.swiftName] = record }
    for (index, structure) in plan.structures.enumerated() {
      structures[structure.swiftName] = index
    }
    codes["status"] = plan.status?.swiftType
    let known = Set(CollectiveTable.enqueued + CollectiveTable.called)
    for function in plan.functions where known.contains(function.swiftName) { add(function) }
    self.plan.codes = codes.sorted { byBytes($0.key, $1.key) }.map { ($0.key, $0.value) }
    self.plan.configurations.sort()
    self.plan.reports.sort()
  }

  private mutating func add(_ function: FunctionPlan) {
    var methods: [CollectiveMethodPlan] = []
    for wrapper in function.wrappers {
      do throws(Misfit) {
        methods.append(try method(wrapper, of: function.swiftName))
      } catch {
        unfit.append(
          Diagnostic(
            .warning, file: file,
            "\(function.cName) is not an operation of communicators: \(error.reason)",
            rule: "skip-collective",
            help: "name its parameters as other vendors' are, under names: parameters:, or give "
              + "what is a reserve a default"))
      }
    }
    guard !methods.isEmpty else { return }
    plan.operations.append(
      CollectiveOperationPlan(
        name: function.swiftName,
        isEnqueued: CollectiveTable.enqueued.contains(function.swiftName), cName: function.cName,
        slots: function.slots, methods: methods))
  }

  private struct Misfit: Error {
    var reason: String
  }

  private mutating func method(
    _ wrapper: WrapperPlan, of operation: String
  ) throws(Misfit) -> CollectiveMethodPlan {
    var arguments: [CollectiveArgumentPlan] = []
    for parameter in wrapper.parameters {
      guard let role = CollectiveTable.role(of: parameter.swiftName, in: operation) else {
        guard parameter.defaultValue != nil else {
          throw Misfit(reason: "its argument \(parameter.swiftName) has no part in one")
        }
        continue
      }
      guard let form = form(parameter, role) else {
        throw Misfit(
          reason: "its argument \(parameter.swiftName) is \(parameter.type.swift), which cannot "
            + "be made of what communicators have")
      }
      arguments.append(CollectiveArgumentPlan(label: parameter.swiftName, role: role, form: form))
    }
    return CollectiveMethodPlan(
      swiftName: wrapper.swiftName, slots: wrapper.slots, arguments: arguments,
      result: result(wrapper),
      resultName: wrapper.arguments.count(where: \.isResult) > 1
        ? wrapper.arguments.first(where: \.isResult)?.escapedName : nil)
  }

  private mutating func form(
    _ parameter: ParameterPlan, _ role: CollectiveRole
  ) -> CollectiveArgumentPlan.Form? {
    let type = parameter.type
    switch role.kind {
    case .integer:
      switch type.form {
      case .wrapped where type.isHandle: return nil
      case .wrapped:
        if let code = role.code { codes[code] = type.swift }
        return .wrappedInteger(type.swift)
      case .plain: return type.swift == "Int" ? .same : type.isInteger ? .integer : nil
      case .text: return nil
      }
    case .pointer:
      if type.isHandle { return .handle(type.swift) }
      guard type.form == .plain, let element = type.pointee else { return nil }
      return byteRecords[element] == nil ? .same : .records(element)
    case .bytes:
      guard let record = byteRecords[type.swift] ?? byteRecords[type.pointee ?? ""] else {
        return nil
      }
      plan.uniqueID = record
      return .bytes(record.swiftName, byAddress: record.swiftName != type.swift)
    case .fields:
      guard parameter.isStructure, type.swift.hasSuffix("?"),
        let index = structures[String(type.swift.dropLast())]
      else { return nil }
      if !plan.configurations.contains(index) { plan.configurations.append(index) }
      return .structure(String(type.swift.dropLast()))
    case .waits:
      guard let element = type.pointee, !waits.isEmpty else { return nil }
      return .waits(element, members: waits)
    }
  }

  private mutating func result(_ wrapper: WrapperPlan) -> CollectiveResultPlan {
    guard let result = wrapper.arguments.first(where: \.isResult) else {
      guard case .value(let type) = wrapper.returns else { return .none }
      return type.form == .text ? .text : .integer
    }
    if result.isStructure {
      if let index = structures[result.type.swift], !plan.reports.contains(index) {
        plan.reports.append(index)
      }
      return .structure
    }
    if let record = byteRecords[result.type.swift] {
      plan.uniqueID = record
      return .bytes
    }
    switch result.type.form {
    case .text: return .text
    case .wrapped:
      return result.isLate ? .lateHandle : result.type.isHandle ? .handle : .wrappedInteger
    case .plain: return result.type.pointee == nil ? .integer : .pointer
    }
  }
}

extension MappedType {
  fileprivate var isInteger: Bool {
    ["Int", "UInt"].contains(swift.prefix { $0.isLetter }) || swift == "CChar"
  }

  /// What a pointer points to, `Void` for raw ones; `nil` if it is none.
  fileprivate var pointee: String? {
    if swift == "UnsafeRawPointer?" || swift == "UnsafeMutableRawPointer?" { return "Void" }
    guard swift.hasPrefix("Unsafe"), swift.hasSuffix(">?"), let start = swift.firstIndex(of: "<")
    else { return nil }
    return String(swift[swift.index(after: start)...].dropLast(2))
  }
}
