import CollectiveCases

/// What the command line says.
struct Options {
  enum Mode: String { case threads, processes }

  var vendor = Vendor.nccl
  var library: String?
  var flavour: String?
  var nRanks: Int?
  var mode: Mode?
  var cases: [String]?
  var lists = false
  var isThin = false
  var timeout = 60.0
  var report: String?

  static let usage = """
    usage: collective-check --vendor nccl|succl|vccl [--library PATH] [--flavour NAME]
             [--ranks N --mode threads|processes] [--cases NAME,...] [--thin] [--timeout SECONDS]
             [--json FILE]
           collective-check --list

    Checks a library, or a CPU stand-in for it, through Collectives. With --ranks, N threads of this
    process are the ranks, or N processes that it starts; rank i works on GPU i. Without, the
    environment that mpirun, srun or torchrun made says which rank this is.

    --cases   all but those that are called fault-..., if it is not given; "faults": those;
              "all": both. fault-kill costs a rank its life, and must be asked for by name.
    --thin    fewer counts, types and roots
    --timeout what a wait for the other ranks may take; 60
    """

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    func value(_ name: String) throws(UsageError) -> String {
      guard let value = rest.popFirst() else { throw UsageError("\(name) needs a value") }
      return value
    }
    while let name = rest.popFirst() {
      switch name {
      case "--vendor":
        let word = try value(name)
        guard let known = Vendor(rawValue: word) else {
          throw UsageError("--vendor is \(word); it is \(list(Vendor.allCases.map(\.rawValue)))")
        }
        vendor = known
      case "--library": library = try value(name)
      case "--flavour": flavour = try value(name)
      case "--ranks": nRanks = try number(name, try value(name), 1...1024)
      case "--mode":
        let word = try value(name)
        guard let known = Mode(rawValue: word) else {
          throw UsageError("--mode is \(word); it is threads or processes")
        }
        mode = known
      case "--cases": cases = try value(name).split(separator: ",").map(String.init)
      case "--list": lists = true
      case "--thin": isThin = true
      case "--timeout": timeout = Double(try number(name, try value(name), 1...86_400))
      case "--json": report = try value(name)
      default: throw UsageError("there is no option \(name)")
      }
    }
    guard (nRanks == nil) == (mode == nil) else {
      throw UsageError("--ranks and --mode belong together")
    }
  }

  /// The cases that were asked for.
  func selected() throws(UsageError) -> [Case] {
    guard let cases else { return allCases.filter { $0.kind == .ordinary } }
    var selected: [Case] = []
    for name in cases {
      let named: [Case] =
        switch name {
        case "all": allCases.filter { $0.kind != .fatal }
        case "faults": allCases.filter { $0.kind == .fault }
        default: allCases.filter { $0.name == name }
        }
      guard !named.isEmpty else {
        throw UsageError("there is no case \(name); --list shows them")
      }
      selected += named
    }
    return selected
  }
}

struct UsageError: Error {
  let text: String

  init(_ text: String) { self.text = text }
}

private func number(
  _ name: String, _ text: String, _ range: ClosedRange<Int>
) throws(UsageError) -> Int {
  guard let number = Int(text), range.contains(number) else {
    throw UsageError(
      "\(name) is \(text); it is a number of \(range.lowerBound) to \(range.upperBound)")
  }
  return number
}

private func list(_ words: [String]) -> String { words.joined(separator: ", ") }
