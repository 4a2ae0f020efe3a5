import BindingPlan
import HeaderModel
import Scaffold
import TestSupport
import Testing
import Workspace

/// Guesses against the profiles that people wrote, for every header that there is a model of.
@Suite struct KnownVendorTests {
  static let project = Project(root: repositoryRoot())
  static let nccl = (try? project.models(of: "nccl")) ?? []

  @Test("NCCL: what is guessed from each release is what its profile says")
  func ncclNames() throws {
    #expect(Self.nccl.count > 30)
    let profile = try Self.project.profile("nccl")
    for model in Self.nccl {
      let guess = ProfileGuess(model)
      let release = model.identifier
      #expect(guess.prefixes == profile.functions.prefixes, "\(release)")
      #expect(guess.libraryFunctions == profile.libraryFunctions, "\(release)")
      #expect(guess.statusType == profile.status?.type, "\(release)")
      #expect(guess.success == profile.status?.success, "\(release)")
      #expect(guess.pending == (release == "2.13.4" ? [] : profile.status?.pending), "\(release)")
      #expect(guess.release == model.release, "\(release)")
      guard case .parts(let macros) = profile.header.release else {
        Issue.record("the profile names no macros")
        return
      }
      #expect(guess.releaseParts == macros, "\(release)")
      #expect(guess.versionMacro == profile.library.versionMacro, "\(release)")
      #expect(
        guess.versionRules.map(\.numbers) == profile.library.versionCode.map(\.numbers),
        "\(release)")
    }
  }

  @Test("NCCL: twins, the one with the wrong name too")
  func ncclTwins() throws {
    let profile = try Self.project.profile("nccl")
    for model in Self.nccl {
      let guess = ProfileGuess(model)
      #expect(guess.twinPrefix == profile.functions.twinPrefix, "\(model.identifier)")
      let declared = Set(model.functions.map(\.name))
      #expect(
        guess.twins == profile.functions.twins.filter { declared.contains($0.key) },
        "\(model.identifier)")
    }
  }

  @Test("NCCL: counts, bytes, versioned structures: those of the profile that the release has")
  func ncclTypes() throws {
    let profile = try Self.project.profile("nccl")
    for model in Self.nccl {
      let guess = ProfileGuess(model)
      let enumerators = Set(model.enumerations.flatMap(\.enumerators).map(\.name))
      #expect(
        Set(guess.sentinels) == enumerators.intersection(profile.sentinels), "\(model.identifier)")
      #expect(guess.byteRecords == profile.byteRecords && guess.handles.isEmpty)
      let types = Set(model.typedefs.map(\.name))
      #expect(
        Set(guess.versionedStructures.map(\.described))
          == Set(
            profile.versionedStructures.filter { types.contains($0.type) }.map(\.described)),
        "\(model.identifier)")
    }
  }

  @Test("NCCL: all results are found, and no others")
  func ncclResults() throws {
    let profile = try Self.project.profile("nccl")
    for model in Self.nccl {
      let declared = Set(model.functions.map(\.name))
      #expect(
        results(ProfileGuess(model)) == profile.results.filter { declared.contains($0.key) },
        "\(model.identifier)")
    }
  }

  @Test("Other vendors: no result that the profile does not have where both speak of a function")
  func otherResults() throws {
    for vendor in ["succl", "vccl", "nvrtc", "cuda"] {
      let profile = try Self.project.profile(vendor)
      for model in try Self.project.models(of: vendor) {
        let guessed = results(ProfileGuess(model, release: model.release))
        for (function, written) in profile.results {
          guard let others = guessed[function] else { continue }
          #expect(Set(others).isSubset(of: written), "\(vendor) \(model.identifier) \(function)")
        }
        // `only` lists what its author has looked at.
        for function in profile.functions.only where profile.results[function] == nil {
          #expect(guessed[function] == nil, "\(vendor) \(model.identifier) \(function)")
        }
      }
    }
  }

  @Test("Other vendors: the same names as in their profiles")
  func otherNames() throws {
    for vendor in ["succl", "vccl", "nvrtc", "cuda"] {
      let profile = try Self.project.profile(vendor)
      for model in try Self.project.models(of: vendor) {
        let guess = ProfileGuess(model, release: model.release)
        #expect(guess.prefixes == profile.functions.prefixes, "\(vendor)")
        #expect(guess.libraryFunctions == profile.libraryFunctions, "\(vendor)")
        #expect(guess.statusType == profile.status?.type, "\(vendor)")
        #expect(guess.success == profile.status?.success, "\(vendor)")
        #expect(guess.pending == profile.status?.pending, "\(vendor)")
        #expect(guess.versionCount == profile.library.versionCount, "\(vendor)")
        #expect(guess.release == nil || guess.release == model.release, "\(vendor)")
      }
    }
  }

  @Test("A profile of any of them can be read, and planned")
  func plans() throws {
    for vendor in ["nccl", "succl", "vccl", "nvrtc", "cuda"] {
      for var model in try Self.project.models(of: vendor) {
        model.flavour = nil
        let text = ProfileText(
          vendor: vendor, displayName: vendor, module: "Bindings", typePrefix: "Toy",
          headerFile: "toy.h")
        let yaml = text.yaml(ProfileGuess(model, release: model.release))
        let profile = try VendorProfile(yaml: yaml, file: "toy.yml", directory: "")
        let plan = try Plan(profile: profile, headers: [model])
        #expect(!plan.functions.isEmpty && plan.status != nil)
      }
    }
  }

  private func results(_ guess: ProfileGuess) -> [String: [String]] {
    Dictionary(guess.results.map { ($0.function, $0.parameters) }, uniquingKeysWith: { $1 })
  }
}

extension ProfileGuess {
  fileprivate var libraryFunctions: [String?] { [versionFunction, errorText, lastError] }
}

extension VendorProfile {
  fileprivate var libraryFunctions: [String?] {
    [library.versionFunction, library.errorText, library.lastError]
  }
}

extension VersionCodeGuess.Rule {
  fileprivate var numbers: [Int?] { [below] + factors }
}

extension VendorProfile.VersionRule {
  fileprivate var numbers: [Int?] { [below, major, minor, patch] }
}

extension ProfileGuess.VersionedStructure {
  fileprivate var described: [String?] { [type, initializer, size, magic, version] }
}

extension VendorProfile.VersionedStructure {
  fileprivate var described: [String?] {
    [type, initializer, sizeField, magicField, versionField]
  }
}
