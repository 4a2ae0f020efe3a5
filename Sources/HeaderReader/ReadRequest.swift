package import HeaderModel

/// What to read, and as what.
package struct ReadRequest: Hashable, Sendable {
  package var path: String
  package var vendor: String
  package var release: Release
  package var flavour: String?
  /// Searched after `stubDirectories`, in this order.
  package var includeDirectories: [String]
  /// Directories of small headers that stand in for a toolkit's. Nothing in them counts as
  /// declared by the header.
  package var stubDirectories: [String]
  /// `NAME` or `NAME=VALUE`.
  package var defines: [String]
  /// Sizes and offsets hold for this target.
  package var target: String
  /// Whether the header's comments go into the model.
  package var keepsDocumentation: Bool
  /// Whether the model is to be kept, so that it must say which bytes it was made from.
  package var needsDigests: Bool
  /// Whether libclang gives its memory back. A process that reads one header and ends need not
  /// wait for that.
  package var freesTree: Bool
  /// In bytes. A larger header is refused before it is parsed.
  package var sizeLimit: Int

  package init(
    path: String, vendor: String, release: Release = Release(0, 0, 0), flavour: String? = nil,
    includeDirectories: [String] = [], stubDirectories: [String] = [], defines: [String] = [],
    target: String = "x86_64-unknown-linux-gnu", keepsDocumentation: Bool = true,
    needsDigests: Bool = true, freesTree: Bool = true, sizeLimit: Int = 64 << 20
  ) {
    self.path = path
    self.vendor = vendor
    self.release = release
    self.flavour = flavour
    self.includeDirectories = includeDirectories
    self.stubDirectories = stubDirectories
    self.defines = defines
    self.target = target
    self.keepsDocumentation = keepsDocumentation
    self.needsDigests = needsDigests
    self.freesTree = freesTree
    self.sizeLimit = sizeLimit
  }
}

/// What reading gave.
package struct ReadResult: Hashable, Sendable {
  package var header: Header
  /// clang's warnings, and what the model cannot hold faithfully.
  package var diagnostics: [Diagnostic]
}

/// The header cannot be read. There is no partial model: an undeclared type alone turns parameters
/// into `int` and loses fields without a trace.
package struct ReadError: Error, Hashable, Sendable, CustomStringConvertible {
  package var diagnostics: [Diagnostic]

  package var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
