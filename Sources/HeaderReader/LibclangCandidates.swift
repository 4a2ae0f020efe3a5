internal import Files
internal import Glibc

/// The places to look for libclang, in order, found one by one: the file system is not searched
/// further than the first usable library.
struct LibclangCandidates: Sequence, IteratorProtocol {
  struct Candidate: Equatable {
    var path: String
    var origin: LibclangAttempt.Origin
  }

  private enum Stage { case toolchain, llvmDirectories, libraryDirectories, loader, done }

  private let environment: (String) -> String?
  private var pending: [Candidate] = []
  private var stage = Stage.toolchain

  init(path: String?, environment: @escaping (String) -> String?) {
    self.environment = environment
    if let path {
      pending = [Candidate(path: path, origin: .option)]
      stage = .done
    } else if let path = environment("BINDGEN_COLL_LIBCLANG"), !path.isEmpty {
      pending = [Candidate(path: path, origin: .environment)]
      stage = .done
    }
  }

  mutating func next() -> Candidate? {
    while pending.isEmpty {
      switch stage {
      case .toolchain:
        pending = toolchain()
        stage = .llvmDirectories
      case .llvmDirectories:
        pending = Self.llvmDirectories()
        stage = .libraryDirectories
      case .libraryDirectories:
        pending = Self.libraryDirectories()
        stage = .loader
      case .loader:
        pending = ["libclang.so", "libclang.so.1"].map { Candidate(path: $0, origin: .loader) }
        stage = .done
      case .done: return nil
      }
    }
    return pending.removeFirst()
  }

  /// `lib/libclang.so` of the installation that the `swift` or `clang` on PATH belongs to.
  private func toolchain() -> [Candidate] {
    var paths: [String] = []
    for compiler in ["swift", "clang"] {
      for directory in (environment("PATH") ?? "").split(separator: ":") {
        let program = Files.join(String(directory), compiler)
        guard access(program, X_OK) == 0, !Files.isDirectory(program) else { continue }
        // Distributions put links into /usr/bin; the library is beside what they point to.
        if let resolved = Files.resolve(program) {
          let root = Files.parent(of: Files.parent(of: resolved))
          paths.append(Files.join(root, "lib/libclang.so"))
        }
        break
      }
    }
    return Self.unique(paths).map { Candidate(path: $0, origin: .toolchain) }
  }

  /// Debian's and LLVM's own packages: /usr/lib/llvm-N/lib.
  private static func llvmDirectories() -> [Candidate] {
    let versions = names(in: "/usr/lib").compactMap { number($0, after: "llvm-") }
    var paths: [String] = []
    for version in versions.sorted(by: >) {
      let directory = "/usr/lib/llvm-\(version)/lib"
      for name in [
        "libclang-\(version).so.1", "libclang-\(version).so.\(version)", "libclang.so.1",
        "libclang.so",
      ] where Files.exists(Files.join(directory, name)) {
        paths.append(Files.join(directory, name))
        break
      }
    }
    return paths.map { Candidate(path: $0, origin: .system) }
  }

  /// Everything named libclang-N.so.* or libclang.so.* in the usual library directories.
  private static func libraryDirectories() -> [Candidate] {
    var found: [(version: Int, path: String)] = []
    for directory in ["/usr/lib/\(multiarch)", "/usr/lib64", "/usr/lib", "/usr/local/lib"] {
      for name in names(in: directory) {
        guard
          let version = number(name, after: "libclang-") ?? number(name, after: "libclang.so.")
        else { continue }
        found.append((version, Files.join(directory, name)))
      }
    }
    let paths = found.sorted { ($0.version, $1.path) > ($1.version, $0.path) }.map(\.path)
    return unique(paths).map { Candidate(path: $0, origin: .system) }
  }

  #if arch(x86_64)
    private static let multiarch = "x86_64-linux-gnu"
  #elseif arch(arm64)
    private static let multiarch = "aarch64-linux-gnu"
  #else
    private static let multiarch = "unknown-linux-gnu"
  #endif

  private static func names(in directory: String) -> [String] {
    do throws(FileError) { return try Files.list(directory) } catch { return [] }
  }

  /// The number that follows `prefix`: 14 of `libclang-14.so.1`, but none of `libclang-cpp.so.14`.
  private static func number(_ name: String, after prefix: String) -> Int? {
    guard name.hasPrefix(prefix) else { return nil }
    return Int(name.dropFirst(prefix.count).prefix { $0.isNumber })
  }

  private static func unique(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }
}
