import CUDARuntime
import Foundation
import LibraryLoader
import TestSupport
import Testing
import Threads

@testable import CustomAllReduce

@Suite struct ImageCacheTests {
  private let image = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  private func make() throws -> (cache: ImageCache, file: String) {
    let directory = try TemporaryDirectory().file("a/b")
    return (ImageCache(directory: directory), directory + "/kernel.cubin")
  }

  @Test func whatIsKeptIsFound() throws {
    let (cache, file) = try make()
    #expect(cache.image("kernel.cubin") == nil)
    cache.keep(image, as: "kernel.cubin")
    #expect(cache.image("kernel.cubin") == image)
    let folder = (file as NSString).deletingLastPathComponent
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kernel.cubin"])
    let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions]
    #expect(mode as? Int == 0o700)
  }

  @Test func aDamagedFileIsNotUsed() throws {
    let (cache, file) = try make()
    cache.keep(image, as: "kernel.cubin")
    let good = try Data(contentsOf: URL(filePath: file))
    var flipped = good
    flipped[good.count / 2] ^= 1
    for damaged in [good.dropLast(), good.prefix(30), Data(), flipped] {
      try damaged.write(to: URL(filePath: file))
      #expect(cache.image("kernel.cubin") == nil)
    }
    cache.keep(image, as: "kernel.cubin")
    #expect(cache.image("kernel.cubin") == image)
  }

  @Test func whatOthersCanWriteIsNotUsed() throws {
    let (cache, file) = try make()
    cache.keep(image, as: "kernel.cubin")
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    #expect(cache.image("kernel.cubin") == nil)
  }

  @Test func aDirectoryThatCannotBeIsNoError() {
    let cache = ImageCache(directory: "/proc/nowhere/cache")
    cache.keep(image, as: "kernel.cubin")
    #expect(cache.image("kernel.cubin") == nil)
    #expect(ImageCache(directory: "").directory == nil)
  }

  @Test func manyMayWriteAtOnce() async throws {
    let (cache, _) = try make()
    let image = image
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<50 {
        group.addTask {
          cache.keep(image, as: "kernel.cubin")
          return cache.image("kernel.cubin") == image
        }
      }
      for await isGood in group { #expect(isGood) }
    }
  }

  @Test func manyProcessesMayWriteAtOnce() throws {
    let directory = try TemporaryDirectory().file("new/cache")
    let statuses = try onThreads(8) { _ in
      try runCommand(productsDirectory() + "allreduce-rehearsal", ["cache", directory]).status
    }.map { try $0.get() }
    #expect(statuses == Array(repeating: 0, count: 8))
    // No unfinished file is left.
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
    #expect(names.sorted() == ["kernel-0", "kernel-1", "kernel-2"])
  }

  @Test(.enabled(if: Corpus.isThere, "NVRTC is not there: run Scripts/fetch-corpus ci"))
  func kernelsAreCompiledOnce() throws {
    let (cache, file) = try make()
    let images = KernelImages(
      compiler: try Compiler(LoadOptions(path: Corpus.path(Corpus.compilers[1]))),
      capability: ComputeCapability(major: 9, minor: 0), cache: cache)
    let source = KernelSource(element: .float16, nRanks: 2)
    let first = try images.image(for: source)
    let second = try images.image(for: source)
    #expect(first.isNew && !second.isNew && first.bytes == second.bytes)
    let folder = (file as NSString).deletingLastPathComponent
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(
      names == ["all-reduce-\(KernelSource.digest)-sm_90-nvrtc-13.5-Float16-2.cubin"])
    try Data("damaged".utf8).write(to: URL(filePath: "\(folder)/\(names[0])"))
    #expect(try images.image(for: source).isNew)
  }

  @Test func digestsDiffer() {
    #expect(Digest(of: [1]) != Digest(of: [2]) && Digest(of: []) != Digest(of: [0]))
    #expect(Digest(of: [1, 2]).description.count == 32)
  }
}
