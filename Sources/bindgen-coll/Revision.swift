import Files
import HeaderModel
import Workspace

/// A vendor's profile and models as a commit has them, in a folder of their own.
struct Revision {
  let project: Project
  private let folder: TemporaryFolder

  init(_ revision: String, of project: Project, vendor: String) throws(Diagnostic) {
    folder = try TemporaryFolder()
    self.project = Project(root: folder.path)
    let archive = Files.join(folder.path, "revision.tar")
    let paths = ["Profiles", "Generated/Models/\(vendor)"]
    // A revision that begins with "-" would be taken for an option.
    let packed = Subprocess.run(
      ["git", "-C", project.root, "archive", "--output", archive, "--end-of-options", revision]
        + paths)
    guard packed.status == 0,
      Subprocess.run(["tar", "-x", "-f", archive, "-C", folder.path]).status == 0
    else {
      cleanUp()
      throw Diagnostic(
        .error, file: "\(revision):\(vendor)",
        "git gives no profile and models of \(vendor) for this revision",
        rule: "revision-unknown",
        help:
          "`git -C \(project.root) archive \(revision) \(paths.joined(separator: " "))` says why")
    }
  }

  func cleanUp() { folder.remove() }
}
