import BindingPlan
import Files
import Foundation
import HeaderModel
import TestSupport
import Testing
import Workspace

/// A folder under `Tests/Golden`: a header, what is expected of it, and how to read it.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  static let root = "\(repositoryRoot())/Tests/Golden"

  /// Every case, or the one that `BINDGEN_COLL_CASE` names.
  static let all: [GoldenCase] = {
    let names = (try? Files.list(root)) ?? []
    let only = ProcessInfo.processInfo.environment["BINDGEN_COLL_CASE"]
    return names.filter { Files.isDirectory("\(root)/\($0)") && only ?? $0 == $0 }
      .map { GoldenCase(directory: "\(root)/\($0)") }
  }()

  let directory: String

  var name: String { Files.name(of: directory) }
  var testDescription: String { name }

  /// `header.h`, or one for each release: `header-1.0.0.h`, `header-1.0.0-FLAVOUR.h`.
  var headers: [String] {
    get throws {
      try Files.list(directory).filter { $0.hasPrefix("header") && $0.hasSuffix(".h") }
    }
  }

  /// The case's own profile, or the one that all toys share.
  var profile: VendorProfile {
    get throws {
      let own = "\(directory)/profile.yml"
      return Files.exists(own)
        ? try VendorProfile(path: own, shownAs: "profile.yml")
        : try VendorProfile(path: "\(Self.root)/toy.yml", shownAs: "toy.yml")
    }
  }

  /// The files of `case.txt`: what is kept beside the models and diagnostics. `all` keeps all.
  var keeps: [String]? {
    get throws {
      let list = "\(directory)/case.txt"
      guard Files.exists(list) else { return nil }
      return String(decoding: try Files.read(list), as: UTF8.self)
        .split(separator: "\n").map(String.init)
    }
  }
}

extension GoldenCase {
  /// `1.0.0-relay` of `header-1.0.0-relay.h`; empty for `header.h`.
  static func identifier(of header: String) -> String {
    String(header.dropFirst("header".count).drop { $0 == "-" }.dropLast(".h".count))
  }

  /// `relay` of `header-1.0.0-relay.h`.
  static func flavour(of header: String) -> String? {
    let parts = identifier(of: header).split(separator: "-", maxSplits: 1)
    return parts.count == 2 ? String(parts[1]) : nil
  }

  /// `model.json`, or `model-1.0.0-relay.json`.
  static func modelName(of header: String) -> String {
    "model\(header.dropFirst("header".count).dropLast(".h".count)).json"
  }
}
