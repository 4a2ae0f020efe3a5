import BindingPlan
import Files
import HeaderModel
import Workspace

/// Where the header of a release is: given, beside the library, or in a package.
struct HeaderSource {
  let path: String
  /// Holds what was taken out of a wheel.
  private var temporary: TemporaryFolder?

  init(
    header: String?, library: String?, package: String?, profile: VendorProfile
  ) throws(Diagnostic) {
    if let header {
      path = header
    } else if let library {
      path = try Self.find(beside: library, profile)
    } else if let package {
      if Files.isDirectory(package) {
        path = try Self.find(in: package, profile)
      } else {
        let folder = try Self.extract(package, profile)
        temporary = folder
        path = try Self.find(in: folder.path, profile)
      }
    } else {
      path = profile.header.file
    }
  }

  func cleanUp() {
    temporary?.remove()
  }

  private static func candidates(_ profile: VendorProfile) -> [String] {
    profile.header.paths + ["include/\(profile.header.file)", profile.header.file]
  }

  private static func find(
    in directory: String, _ profile: VendorProfile
  ) throws(Diagnostic) -> String {
    let candidates = candidates(profile).map { Files.join(directory, $0) }
    if let found = candidates.first(where: Files.exists) { return found }
    throw notFound(directory, candidates, profile)
  }

  /// `…/lib/libnccl.so.2` has its header in `…/include`, or under a package's root further up.
  private static func find(
    beside library: String, _ profile: VendorProfile
  ) throws(Diagnostic) -> String {
    guard let resolved = Files.resolve(library) else {
      throw Diagnostic(.error, file: library, "there is no such file", rule: "file")
    }
    var tried: [String] = []
    var directory = Files.parent(of: resolved)
    for _ in 0..<5 {
      for candidate in candidates(profile).map({ Files.join(directory, $0) }) {
        if Files.exists(candidate) { return candidate }
        tried.append(candidate)
      }
      guard !directory.isEmpty, directory != "/" else { break }
      directory = Files.parent(of: directory)
    }
    throw notFound(library, tried, profile)
  }

  private static func notFound(
    _ place: String, _ tried: [String], _ profile: VendorProfile
  ) -> Diagnostic {
    Diagnostic(
      .error, file: place, "\(profile.header.file) is not there", rule: "header-missing",
      help: "tried \(tried.joined(separator: ", ")); name it with --header, "
        + "or add its place to header: paths: in \(profile.file)")
  }

  /// A wheel is a zip file; Python, which installs wheels, takes it apart.
  private static func extract(
    _ wheel: String, _ profile: VendorProfile
  ) throws(Diagnostic) -> TemporaryFolder {
    guard Files.exists(wheel) else {
      throw Diagnostic(.error, file: wheel, "there is no such file", rule: "file")
    }
    let folder = try TemporaryFolder()
    let script = """
      import sys, zipfile
      archive = zipfile.ZipFile(sys.argv[1])
      for name in archive.namelist():
          if name.endswith('.h') and '..' not in name:
              archive.extract(name, sys.argv[2])
      """
    let outcome = Subprocess.run(["python3", "-c", script, wheel, folder.path])
    guard outcome.status == 0 else {
      folder.remove()
      throw Diagnostic(
        .error, file: wheel, "it cannot be unpacked (python3 ended with \(outcome.status))",
        rule: "package", help: "unpack it yourself and give the directory with --package")
    }
    return folder
  }
}
