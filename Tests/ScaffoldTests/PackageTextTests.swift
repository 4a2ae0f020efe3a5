import Files
import Scaffold
import TestSupport
import Testing

@Suite struct PackageTextTests {
  @Test("A user's module cannot have the name of one of ours: all of them are known")
  func taken() throws {
    let manifest = String(
      decoding: try Files.read(repositoryRoot() + "/Package.swift"), as: UTF8.self)
    let products = manifest.matches(of: /\.library\(\s*name: "(\w+)"/)
    #expect(products.count > 4)
    for product in products {
      let name = String(product.output.1)
      #expect(PackageText.taken.contains(name), "add \(name) to PackageText.taken")
    }
  }

  @Test("The manifest and the lines for one that is there name the same targets")
  func targets() {
    let text = PackageText(
      module: "ToyBindings", libraryType: "ToyLibrary", environmentVariable: "TOY_LIBRARY_PATH")
    for line in text.targets.split(separator: "\n") {
      #expect(text.manifest(named: "toy").contains("    \(line)\n"))
      #expect(text.additions.contains(line))
    }
  }
}
