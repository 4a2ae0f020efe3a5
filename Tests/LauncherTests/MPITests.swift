import Foundation
import TestSupport
import Testing

/// A real `mpirun`, which sets the variables itself.
private enum MPI: String, CaseIterable, CustomTestStringConvertible {
  case openMPI = "/usr/bin/mpirun.openmpi"
  case mpich = "/usr/bin/mpirun.mpich"

  var testDescription: String { rawValue }

  var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: rawValue) }

  private var options: [String] {
    switch self {
    // Ranks may be more than cores. As root it wants to be told that it may.
    case .openMPI: ["--allow-run-as-root", "--oversubscribe"]
    case .mpich: []
    }
  }

  /// Starts four ranks, and has their output together.
  func run(
    _ example: Example, _ arguments: [String] = [], options more: [String] = [], folder: String
  ) throws -> CommandResult {
    var environment = Example.standIns
    environment["PATH"] = "/usr/bin:/bin"
    environment["HOME"] = folder
    environment["TMPDIR"] = folder
    let command = [rawValue] + options + more + ["-np", "4", example.path] + arguments
    return try start(command, environment: environment).result()
  }
}

extension Trait where Self == ConditionTrait {
  /// Open MPI is a part of CI, where a missing one is a failure; MPICH is welcome.
  fileprivate static func needs(_ mpi: MPI) -> Self {
    .enabled(
      if: mpi.isInstalled
        || (mpi == .openMPI && isCI),
      "\(mpi.rawValue) is not installed")
  }
}

@Suite("Ranks that mpirun starts", .serialized, .timeLimit(.minutes(60)))
struct MPITests {
  @Test("Open MPI", .needs(.openMPI), arguments: ["nccl", "succl", "vccl"])
  func openMPI(vendor: String) throws { try reduce(.openMPI, vendor) }

  @Test("MPICH", .needs(.mpich), arguments: ["nccl", "succl", "vccl"])
  func mpich(vendor: String) throws { try reduce(.mpich, vendor) }

  private func reduce(_ mpi: MPI, _ vendor: String) throws {
    let folder = try TemporaryDirectory()
    let left = try sharedMemoryLeft {
      let result = try mpi.run(.firstAllReduce, [vendor], folder: folder.path)
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        Set(result.text.split(separator: "\n"))
          == Set((0..<4).map { "rank \($0) of 4: the sums are right" }), "\(result.text)")
    }
    #expect(left.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/coll-\(geteuid())")
        .isEmpty)
  }

  @Test("Open MPI lets the survivors of a death go on, where it is told to", .needs(.openMPI))
  func recovery() throws {
    let folder = try TemporaryDirectory()
    let result = try MPI.openMPI.run(
      .errorsAndTimeouts, options: ["--enable-recovery"], folder: folder.path)
    for rank in 0..<3 { DeathTests.check(rank, result.text) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/coll-\(geteuid())")
        .isEmpty)
  }
}
