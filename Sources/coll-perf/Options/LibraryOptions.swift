internal import ArgumentParser
internal import CollectiveInterface
internal import LibraryLoader

/// Which library is loaded.
struct LibraryOptions: ParsableArguments {
  @Option(help: "Whose library it is: nccl, succl, vccl.")
  var vendor = Vendor.nccl

  @Option(
    help: ArgumentHelp(
      "The library file. (default: the vendor's environment variables, then its usual names)",
      valueName: "path"))
  var library: String?

  @Option(help: "Which of the vendor's builds it is, where that cannot be told from the file.")
  var flavour: String?

  func load() throws(LoadError) -> any CollectiveLibrary {
    try vendor.load(LoadOptions(path: library, flavour: flavour))
  }
}
