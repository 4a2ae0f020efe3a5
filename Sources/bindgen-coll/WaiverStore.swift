import Files
import Glibc
import HeaderModel
import ReleaseReview
import Workspace

extension Waiver {
  static func load(_ path: String, shownAs name: String) throws(Diagnostic) -> [Waiver] {
    let text = try handWrittenText(path, shownAs: name, rule: "waiver-syntax")
    return try Waiver.list(yaml: text, file: name)
  }

  /// A vendor's own, beside its profile; none if there is no such file.
  static func load(of vendor: String, _ project: Project) throws(Diagnostic) -> [Waiver] {
    let path = Files.join(project.profiles, "\(vendor).waivers.yml")
    return Files.exists(path) ? try load(path, shownAs: project.display(path)) : []
  }
}

extension Day {
  /// In universal time.
  static var today: Day {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    return Day(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  }
}
