import BindingPlan
import Files
import HeaderModel
import HeaderReader
import Workspace

extension HeaderOptions {
  /// Reads a header as the profile and these options say. A model that is not kept needs no digests.
  func read(
    _ path: String, _ profile: VendorProfile, needsDigests: Bool = true
  ) throws -> ReadResult {
    var result = try parse(path, profile, needsDigests: needsDigests)
    result.header.release = try release(of: result.header, path, profile)
    return result
  }

  /// Reads the header that the profile keeps in the package. The command line's release and flavour
  /// are those of another header.
  func readSource(of profile: VendorProfile) throws -> Header? {
    guard let source = profile.header.source else { return nil }
    let path = Files.join(profile.directory, source)
    guard Files.exists(path) else {
      throw Diagnostic(
        .error, file: profile.file, line: profile.lines[source],
        "the header \(source) is not there", rule: "header-missing",
        help: "put it at \(path), or correct header: source:, which counts from the profile")
    }
    var options = self
    (options.release, options.flavour) = (nil, nil)
    let result = try options.read(Files.resolve(path) ?? path, profile, needsDigests: false)
    Terminal.error(result.diagnostics)
    return result.header
  }

  /// The release that the options give, if they do.
  func givenRelease() throws -> Release? {
    try release.map { text in
      guard let release = Release(text) else {
        throw Failure(
          .usage,
          [
            Diagnostic(
              .error, file: "--release", "\"\(text)\" is not a release such as 2.28.3",
              rule: "release")
          ])
      }
      return release
    }
  }

  /// The release of a header, by the options or by the profile.
  func release(
    of header: Header, _ path: String, _ profile: VendorProfile
  ) throws -> Release {
    if let given = try givenRelease() { return given }
    guard let release = profile.release(of: header) else {
      throw Diagnostic(
        .error, file: path, "its macros do not say which release it is of",
        rule: "release-unknown", help: releaseHelp(profile))
    }
    return release
  }

  /// Reads a header whose release is not known yet, unless the options give it.
  func parse(
    _ path: String, _ profile: VendorProfile, needsDigests: Bool = true
  ) throws -> ReadResult {
    let given = try givenRelease()
    if let flavour, !flavour.isPlainName {
      throw Failure(
        .usage,
        [
          Diagnostic(
            .error, file: "--flavour", "\"\(flavour)\" has more than letters, digits and \"-\"",
            rule: "flavour")
        ])
    }
    var request = ReadRequest(
      path: path, vendor: profile.vendor, release: given ?? Release(0, 0, 0), flavour: flavour,
      includeDirectories: includes,
      stubDirectories: stubDirectories
        + (stubs ? profile.header.stubs.map { Files.join(profile.directory, $0) } : []),
      defines: profile.header.defines + defines,
      keepsDocumentation: profile.header.keepsDocumentation, needsDigests: needsDigests,
      freesTree: false)
    if let sizeLimit { request.sizeLimit = sizeLimit }
    return try HeaderReader(try openLibclang()).readOrFail(request)
  }

  private func openLibclang() throws -> Libclang {
    do {
      return try Libclang(path: libclang)
    } catch {
      let parts = error.description.split(separator: "\n  help: ", maxSplits: 1).map(String.init)
      throw Failure(
        .clang,
        [
          Diagnostic(
            .error, file: "libclang", parts[0], rule: "libclang",
            help: parts.count > 1 ? parts[1] : nil)
        ])
    }
  }

  private func releaseHelp(_ profile: VendorProfile) -> String {
    switch profile.header.release {
    case .none: "give it with --release"
    case .code(let name): "\(name) has no value there; give the release with --release"
    case .parts(let names):
      "\(names.joined(separator: ", ")) have no values there; give the release with --release"
    }
  }
}

extension HeaderReader {
  fileprivate func readOrFail(_ request: ReadRequest) throws -> ReadResult {
    do {
      return try read(request)
    } catch {
      let isClang = error.diagnostics.contains { $0.rule.hasPrefix("clang") }
      throw Failure(isClang ? .clang : .input, error.diagnostics)
    }
  }
}
