internal import Collectives

/// One of several names, as users write them: case, `_` and `-` do not count, so that `all_reduce`,
/// `AllReduce` and `allReduce` are one.
struct Choice<Value> {
  let what: String
  let values: [(name: String, value: Value)]
  /// Other names that users know.
  var aliases: [String: String] = [:]

  /// The values that a list of names means, in which `all` stands for `everything`.
  func list<List>(
    _ texts: [String], all everything: List, some: ([Value]) -> List
  ) throws -> List {
    let names = texts.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
    if names.map({ fold($0) }) == ["all"] { return everything }
    return some(try names.map { try value(String($0)) })
  }

  func value(_ text: String) throws -> Value {
    let wanted = aliases[fold(text)] ?? fold(text)
    guard let found = values.first(where: { fold($0.name) == wanted }) else {
      let known = values.map(\.name).joined(separator: ", ")
      throw OptionError("there is no \(what) \"\(text)\"; there are \(known), all")
    }
    return found.value
  }

  private func fold(_ text: some StringProtocol) -> String {
    String(text.lowercased().filter { $0 != "_" && $0 != "-" })
  }
}

/// What is measured: what the user names, or all that the loaded library has.
enum Selection<Value: Sendable>: Sendable {
  case all
  case some([Value])

  func values(of all: [Value]) -> [Value] {
    switch self {
    case .all: all
    case .some(let values): values
    }
  }
}

extension Choice {
  static var operations: Choice<Operation> {
    Choice<Operation>(
      what: "operation", values: Operation.allCases.map { ($0.rawValue, $0) },
      aliases: ["sendrecv": "sendreceive"])
  }

  static var dataTypes: Choice<DataType> {
    Choice<DataType>(
      what: "data type", values: DataType.allCases.map { ($0.name, $0) },
      aliases: ["half": "float16", "float": "float32", "double": "float64", "int": "int32"])
  }

  static var reductions: Choice<ReductionOp> {
    Choice<ReductionOp>(
      what: "reduction", values: ReductionOp.builtIn.map { ($0.description, $0) },
      aliases: [
        "product": "prod", "minimum": "min", "maximum": "max", "average": "avg", "mean": "avg",
      ])
  }
}
