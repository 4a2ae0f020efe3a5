import CKernelEmulation
import CUDARuntime
import Foundation
import LibraryLoader
import TestSupport
import Testing

@testable import CustomAllReduce

/// NVRTC from the corpus: it compiles without a GPU.
enum Corpus {
  private static let root =
    ProcessInfo.processInfo.environment["BINDGEN_COLL_CORPUS"]
    ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: ".cache/corpus").path(percentEncoded: false)

  static let compilers = ["nvrtc/12.9/libnvrtc.so.12", "nvrtc/13.5/libnvrtc.so.13"]

  static func path(_ name: String) -> String { "\(root)/\(name)" }

  /// A missing corpus skips, and in CI fails.
  static var isThere: Bool {
    isCI || compilers.allSatisfy { FileManager.default.fileExists(atPath: path($0)) }
  }
}

@Suite(.enabled(if: Corpus.isThere, "NVRTC is not there: run Scripts/fetch-corpus ci"))
struct CompilationTests {
  private static let architectures = [
    ComputeCapability(major: 8, minor: 0), ComputeCapability(major: 9, minor: 0),
    ComputeCapability(major: 10, minor: 0),
  ]

  private func compiler(_ path: String = Corpus.compilers[1]) throws -> Compiler {
    try Compiler(LoadOptions(path: Corpus.path(path)))
  }

  @Test(arguments: architectures, KernelElement.allCases)
  func everyVariantFitsItsRegisters(
    _ capability: ComputeCapability, _ element: KernelElement
  ) throws {
    let compiler = try compiler()
    for nRanks in 2...8 {
      var program = KernelSource(element: element, nRanks: nRanks).program
      program.options.append("-Xptxas=-v")
      let report = ResourceReport(log: try compiler.compile(program, for: capability).log)
      #expect(report.warnings == [], "\(capability) \(element) \(nRanks)")
      #expect(report.kernels.count == 5)
      for (name, kernel) in report.kernels {
        // 128 registers are what 512 threads of a multiprocessor's 65536 may have.
        #expect(
          kernel.stack == 0 && kernel.spills == 0 && (1...128).contains(kernel.registers),
          "\(capability) \(element) \(nRanks) \(name): \(kernel)")
      }
    }
  }

  @Test(arguments: Corpus.compilers)
  func theCompilerHasNothingToSay(path: String) throws {
    let source = KernelSource(element: .bfloat16, nRanks: 8)
    let image = try compiler(path).compile(source.program, for: Self.architectures[1])
    #expect(image.log.trimmingCharacters(in: .whitespacesAndNewlines) == "")
    #expect(image.bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]))
  }

  @Test func aMistakeIsShownWithItsFileAndLine() throws {
    var program = KernelSource(element: .float32, nRanks: 2).program
    program.source = program.source.replacingOccurrences(of: "beginTurn(a)", with: "begunTurn(a)")
    let broken = program
    let compiler = try compiler()
    #expect {
      try compiler.compile(broken, for: Self.architectures[1])
    } throws: { error in
      "\(error)".contains("OneShotPush.cu(") && "\(error)".contains("begunTurn")
    }
  }
}

/// What `-Xptxas=-v` prints.
struct ResourceReport {
  struct Kernel {
    var stack = -1
    var spills = -1
    var registers = 0
  }

  var kernels: [String: Kernel] = [:]
  /// Lines that are none of the report.
  var warnings: [String] = []

  init(log: String) {
    var name = ""
    for line in log.split(separator: "\n").map(String.init) {
      let numbers = line.split { !$0.isNumber }.compactMap { Int($0) }
      if let range = line.range(of: "Function properties for ") {
        name = String(line[range.upperBound...])
        kernels[name] = Kernel()
      } else if line.contains("bytes stack frame"), numbers.count == 3 {
        kernels[name]?.stack = numbers[0]
        kernels[name]?.spills = numbers[1] + numbers[2]
      } else if line.contains(": Used "), let registers = numbers.first {
        kernels[name]?.registers = registers
      } else if !line.hasPrefix("ptxas info") && line.contains(where: { $0.isLetter }) {
        warnings.append(line)
      }
    }
  }
}

@Suite struct ArgumentsLayoutTests {
  @Test func theHostWritesWhereTheKernelsRead() {
    var offsets = [UInt32](repeating: 0, count: 32)
    let count = kernelEmulationLayout(&offsets, UInt32(offsets.count))
    #expect(
      offsets.prefix(Int(count)).map(Int.init) == [
        ArgumentsLayout.input, ArgumentsLayout.output, ArgumentsLayout.report,
        ArgumentsLayout.timeout, ArgumentsLayout.arenaBytes, ArgumentsLayout.workspaces,
        ArgumentsLayout.packs, ArgumentsLayout.rank, ArgumentsLayout.operation,
        ArgumentsLayout.description, ArgumentsLayout.registration, ArgumentsLayout.size,
        0, 8 * ArgumentsLayout.maxRanks, 8 * ArgumentsLayout.registrationWords,
        ArgumentsLayout.failureWord,
      ])
    #expect(
      FailureReport.wordCount * MemoryLayout<UInt32>.size
        == MemoryLayout<KernelEmulationReport>.size)
  }
}
