import ArgumentParser
import Glibc

/// What `doctor` and `verify` run in a process of its own for each library: a library may do
/// anything when it is loaded.
struct ProbeLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe-library", abstract: "Opens a library and ends.", shouldDisplay: false)

  @Argument(help: "The library.")
  var path: String

  @Option(help: "A function to call, which writes its version's numbers and returns a status.")
  var call: String?

  @Option(help: "How many numbers it writes, 1 to 3.")
  var count = 1

  func run() throws {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw Self.failure(dlerror().map { String(cString: $0) } ?? "it cannot be loaded")
    }
    guard let call else { return }
    guard let address = dlsym(handle, call) else {
      throw Self.failure("it exports no \(call)")
    }
    Terminal.print(Self.answer(address, count).line)
    // At once: what the library registered for the end of the process has nothing to add.
    _exit(0)
  }

  private static func failure(_ message: String) -> ExitCode {
    Terminal.print(message)
    return .failure
  }

  /// What a version function gave, as it goes from the child process to its parent.
  struct Answer {
    private static let mark = "bindgen-coll-answer"

    let status: Int
    let values: [Int]

    init(status: Int, values: [Int]) {
      self.status = status
      self.values = values
    }

    init?(_ line: String) {
      let words = line.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Int($0) }
      guard words.first.map(String.init) == Self.mark, numbers.count == words.count - 1,
        (2...4).contains(numbers.count)
      else { return nil }
      self.init(status: numbers[0], values: Array(numbers[1...]))
    }

    /// On a line of its own, whatever the library has printed before.
    var line: String {
      "\n" + ([Self.mark, "\(status)"] + values.map(String.init)).joined(separator: " ")
    }
  }

  private typealias Pointer = UnsafeMutablePointer<CInt>
  private typealias One = @convention(c) (Pointer) -> CInt
  private typealias Two = @convention(c) (Pointer, Pointer) -> CInt
  private typealias Three = @convention(c) (Pointer, Pointer, Pointer) -> CInt

  private static func answer(_ address: UnsafeMutableRawPointer, _ count: Int) -> Answer {
    var values: (CInt, CInt, CInt) = (0, 0, 0)
    let status =
      switch count {
      case 1: unsafeBitCast(address, to: One.self)(&values.0)
      case 2: unsafeBitCast(address, to: Two.self)(&values.0, &values.1)
      default: unsafeBitCast(address, to: Three.self)(&values.0, &values.1, &values.2)
      }
    let all = [values.0, values.1, values.2].map(Int.init)
    return Answer(status: Int(status), values: Array(all.prefix(max(count, 1))))
  }
}
