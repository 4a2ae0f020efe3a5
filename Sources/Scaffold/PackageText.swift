/// The package around a vendor's module: its manifest, or what to add to one, and a test.
package struct PackageText {
  package var module: String
  package var libraryType: String
  package var environmentVariable: String

  package init(module: String, libraryType: String, environmentVariable: String) {
    self.module = module
    self.libraryType = libraryType
    self.environmentVariable = environmentVariable
  }

  private static let url = "https://github.com/bindgen-coll/bindgen-coll"
  private static let loader = #".product(name: "LibraryLoader", package: "bindgen-coll")"#

  /// The modules that bindgen-coll has itself: a package graph has room for one of a name.
  package static let taken: Set<String> = [
    "CUDADriverBindings", "CUDARuntime", "CollectiveInterface", "Collectives", "CustomAllReduce",
    "LibraryLoader", "NCCLBindings", "NVMLBindings", "NVRTCBindings", "Rendezvous", "SUCCLBindings",
    "VCCLBindings",
  ]

  package static let dependency = #".package(url: "\#(url)", from: "0.1.0"),"#

  /// The module's product, as a line of `products:`.
  package var product: String {
    #".library(name: "\#(module)", targets: ["\#(module)", "C\#(module)"]),"#
  }

  /// The targets, as lines of `targets:`.
  package var targets: String {
    """
    .target(name: "C\(module)", path: "Generated/C\(module)"),
    .target(
      name: "\(module)",
      dependencies: ["C\(module)", \(Self.loader)],
      path: "Generated/\(module)",
      // Fails the build when the generated files are not what would be generated now.
      plugins: [.plugin(name: "BindingsCheck", package: "bindgen-coll")]),
    .testTarget(
      name: "\(module)Tests",
      dependencies: ["\(module)", \(Self.loader)]),
    """
  }

  /// A complete manifest. `name` must be plain.
  package func manifest(named name: String) -> String {
    """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "\(name)",
      platforms: [.macOS(.v15)],
      products: [
        \(product)
      ],
      dependencies: [
        \(Self.dependency)
      ],
      targets: [
    \(Self.indented(targets, by: 4))
      ]
    )

    """
  }

  /// What to add to a manifest that is there.
  package var additions: String {
    """
    add to dependencies:
    \(Self.indented(Self.dependency, by: 2))
    to products, if other packages are to use the module:
    \(Self.indented(product, by: 2))
    to targets:
    \(Self.indented(targets, by: 2))
    """
  }

  /// A test that says something on every machine, and more on one that has the library.
  package var test: String {
    """
    import Foundation
    import LibraryLoader
    import Testing

    import \(module)

    /// The library's file, if the environment names one.
    private let library = ProcessInfo.processInfo.environment["\(environmentVariable)"]

    @Suite struct \(module)Tests {
      @Test("The library that \(environmentVariable) names is loaded", .enabled(if: library != nil))
      func load() throws {
        let loaded = try \(libraryType).load()
        print(loaded.library.report())
      }

      @Test("Where there is no library, loading says what was looked for and what to set")
      func missing() {
        #expect {
          try \(libraryType).load(
            LoadOptions(environment: ["\(environmentVariable)": "/nowhere/library.so"]))
        } throws: { error in
          "\\(error)".contains("/nowhere/library.so")
            && "\\(error)".contains("\(environmentVariable)")
        }
      }
    }

    """
  }

  private static func indented(_ text: String, by count: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }
}
