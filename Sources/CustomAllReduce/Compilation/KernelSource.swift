internal import CUDARuntime

/// The CUDA C++ of the kernels, for one element type and one number of ranks.
struct KernelSource: Hashable, Sendable {
  let element: KernelElement
  let nRanks: Int

  /// In the order in which they need each other; they include nothing, since NVRTC may have no
  /// toolkit beside it.
  private static let files: [(name: String, bytes: [UInt8])] = [
    ("Primitives.cu", PackageResources.Primitives_cu),
    ("Layout.cu", PackageResources.Layout_cu),
    ("Waiting.cu", PackageResources.Waiting_cu),
    ("Elements.cu", PackageResources.Elements_cu),
    ("OneShotPush.cu", PackageResources.OneShotPush_cu),
    ("TwoShotPush.cu", PackageResources.TwoShotPush_cu),
    ("PullAndPush.cu", PackageResources.PullAndPush_cu),
    ("Checks.cu", PackageResources.Checks_cu),
    ("EntryPoints.cu", PackageResources.EntryPoints_cu),
  ]

  /// All files as one. Messages of the compiler name the file and its line.
  static let text = files.map { file in
    "#line 1 \"\(file.name)\"\n" + String(decoding: file.bytes, as: UTF8.self)
  }.joined()

  /// Tells these sources from others.
  static let digest = Digest(of: Array(text.utf8))

  var program: Program {
    Program(
      name: "all-reduce.cu", source: Self.text,
      options: ["--std=c++17", "-DELEMENT=\(element.sourceName)", "-DRANKS=\(nRanks)"])
  }
}
