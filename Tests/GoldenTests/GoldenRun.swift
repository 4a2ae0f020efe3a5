import BindingPlan
import Files
import HeaderModel
import HeaderReader
import Rendering
import TestSupport
import Workspace

/// A case taken through the compiler, as far as it goes.
struct GoldenRun {
  private(set) var models: [(path: String, bytes: [UInt8])] = []
  private(set) var plan: Plan?
  private(set) var planJSON: [UInt8] = []
  private(set) var generated: [(path: String, bytes: [UInt8])] = []
  private var diagnostics: [Diagnostic] = []

  private let golden: GoldenCase

  /// `typePrefix` takes the place of the profile's, so that the output of several cases can be put
  /// together.
  init(
    _ golden: GoldenCase, _ libclang: Libclang, _ templates: TemplateLibrary,
    typePrefix: String? = nil
  ) throws {
    self.golden = golden
    var profile = try golden.profile
    if let typePrefix {
      profile.typePrefix = typePrefix
      profile.module = "\(typePrefix)Bindings"
    }
    do {
      let headers = try read(profile, HeaderReader(libclang))
      let plan = try Plan(profile: profile, headers: headers)
      var context = TemplateContext()
      planJSON = context.json(PlanContext.value(plan, in: &context))
      generated = try templates.render(plan)
      diagnostics += plan.skipped
      self.plan = plan
    } catch let refusal as ReadError {
      diagnostics += refusal.diagnostics
    } catch let refusal as PlanError {
      diagnostics += refusal.diagnostics
    } catch let refusal as ReleaseUnknown {
      diagnostics.append(refusal.diagnostic)
    }
  }

  /// Reads all the case's headers, as `bindgen-coll read` does.
  private mutating func read(
    _ profile: VendorProfile, _ reader: HeaderReader
  ) throws -> [Header] {
    var headers: [Header] = []
    for name in try golden.headers {
      let path = Files.join(golden.directory, name)
      let result = try reader.read(
        ReadRequest(
          path: path, vendor: profile.vendor, flavour: GoldenCase.flavour(of: name),
          stubDirectories: profile.header.stubs.map { Files.join(profile.directory, $0) },
          defines: profile.header.defines,
          keepsDocumentation: profile.header.keepsDocumentation))
      diagnostics += result.diagnostics
      var header = result.header
      guard let release = profile.release(of: header) else {
        throw ReleaseUnknown(
          diagnostic: Diagnostic(
            .error, file: path, "its macros do not say which release it is of",
            rule: "release-unknown"))
      }
      header.release = release
      models.append((GoldenCase.modelName(of: name), header.json()))
      headers.append(header)
    }
    return headers
  }

  /// What the case keeps, in the order in which it was made.
  func stages() throws -> [GoldenStage] {
    let keeps = try golden.keeps
    func isKept(_ path: String, byDefault: Bool) -> Bool {
      keeps.map { $0.contains(path) || $0.contains("all") } ?? byDefault
    }
    let plan = isKept("plan.json", byDefault: false) && self.plan != nil
    let files = generated.filter {
      isKept(
        $0.path, byDefault: $0.path.hasSuffix("/CheckedCalls.swift") || $0.path.hasSuffix(".h"))
    }
    let made = Set(files.map(\.path) + ["all"] + (plan ? ["plan.json"] : []))
    if self.plan != nil, let unknown = keeps?.first(where: { !made.contains($0) }) {
      throw UnknownKeep(golden: golden.name, path: unknown, known: generated.map(\.path))
    }
    return [
      GoldenStage("read", models),
      GoldenStage("plan", plan ? [("plan.json", planJSON)] : []),
      GoldenStage("render", files),
      GoldenStage("diagnostics", [("diagnostics.txt", Array(report.utf8))]),
    ]
  }

  /// The diagnostics without what differs between machines and between releases of libclang.
  ///
  /// Paths are relative to the case. Of what clang says itself only the first error is kept, without
  /// its column and our help for it: which errors follow is guesswork that changes from release to
  /// release, and so is what clang warns of.
  private var report: String {
    var lines: [String] = []
    var hasClangError = false
    for var diagnostic in diagnostics {
      if diagnostic.file.hasPrefix("\(golden.directory)/") {
        diagnostic.file = String(diagnostic.file.dropFirst(golden.directory.count + 1))
      }
      if diagnostic.rule == "clang-warning" { continue }
      if diagnostic.rule == "clang-error" {
        guard !hasClangError else { continue }
        hasClangError = true
        (diagnostic.column, diagnostic.help) = (nil, nil)
      }
      lines.append("\(diagnostic)\n")
    }
    return lines.joined()
  }
}

/// A line of a `case.txt` that names no file.
struct UnknownKeep: Error, CustomStringConvertible {
  var golden: String
  var path: String
  var known: [String]

  var description: String {
    "\(golden)/case.txt: nothing makes \(path); there are plan.json, \(known.joined(separator: ", "))"
  }
}

private struct ReleaseUnknown: Error {
  var diagnostic: Diagnostic
}
