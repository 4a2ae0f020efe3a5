import Files
import TemplateFiles
import TestSupport
import Testing

@Suite struct TemplateFilesTests {
  @Test("The tool brings along every template, as it is on disk")
  func isComplete() throws {
    var onDisk: [String: [UInt8]] = [:]
    let root = Files.join(repositoryRoot(), "Templates")
    for folder in try Files.list(root) where Files.isDirectory(Files.join(root, folder)) {
      for name in try Files.list(Files.join(root, folder)) where name.hasSuffix(".mustache") {
        onDisk["\(folder)/\(name.dropLast(9))"] =
          try Files.read(Files.join(Files.join(root, folder), name))
      }
    }
    #expect(onDisk.count > 15)
    #expect(
      Dictionary(uniqueKeysWithValues: TemplateFiles.all.map { ($0.name, $0.bytes) }) == onDisk)
  }
}
