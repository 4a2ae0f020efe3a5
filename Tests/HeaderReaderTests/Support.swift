import Files
import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

/// Every libclang on this machine: the one that would be chosen, and the system's.
enum Libclangs {
  static let chosen: Result<Libclang, LibclangError> = Result { () throws(LibclangError) in
    try Libclang()
  }

  static let all: [Libclang] = {
    var found: [Libclang] = []
    if case .success(let chosen) = chosen { found.append(chosen) }
    for version in 14...40 {
      for name in ["libclang-\(version).so.1", "libclang-\(version).so.\(version)"] {
        let path = "/usr/lib/llvm-\(version)/lib/\(name)"
        guard Files.exists(path), let libclang = try? Libclang(path: path) else { continue }
        found.append(libclang)
        break
      }
    }
    return found
  }()
}

/// Small headers in a directory of their own.
struct ToyHeader {
  let directory: TemporaryDirectory
  var request: ReadRequest

  /// - Parameters:
  ///   - text: The header's text.
  ///   - others: More files, by name.
  init(_ text: String, others: [String: String] = [:], name: String = "toy.h") throws {
    directory = try TemporaryDirectory()
    for (name, text) in others {
      try Files.makeDirectory(Files.parent(of: directory.file(name)))
      try directory.write(text, to: name)
    }
    let path = try directory.write(text, to: name)
    request = ReadRequest(path: path, vendor: "toy", release: Release(1, 2, 3))
  }

  /// Reads with every libclang, expects equal models and diagnostics, and returns the first.
  func read() throws -> ReadResult {
    let libclangs = Libclangs.all
    var first: ReadResult?
    for libclang in libclangs {
      let result = try HeaderReader(libclang).read(request)
      if let first {
        #expect(result.header == first.header, "\(libclang.path) differs from \(libclangs[0].path)")
        #expect(
          result.diagnostics.filter { $0.rule != "clang-warning" }
            == first.diagnostics.filter { $0.rule != "clang-warning" },
          "\(libclang.path) differs from \(libclangs[0].path)")
      } else {
        first = result
      }
    }
    return try #require(first, "there is no libclang on this machine")
  }

  /// Expects every libclang to refuse the header; returns what the first says, with the
  /// directory's path left out.
  func refusal() throws -> String {
    let libclangs = Libclangs.all
    var first: ReadError?
    for libclang in libclangs {
      let error = #expect(throws: ReadError.self, "\(libclang.path)") {
        try HeaderReader(libclang).read(request)
      }
      first = first ?? error
    }
    let text = try #require(first).description
    return text.split(separator: directory.path + "/", omittingEmptySubsequences: false)
      .joined()
  }
}

/// Reads a header's text with every libclang.
func read(_ text: String, others: [String: String] = [:]) throws -> Header {
  try ToyHeader(text, others: others).read().header
}

extension Header {
  func function(_ name: String) throws -> Function {
    try #require(functions.first { $0.name == name }, "no function \(name)")
  }

  func record(_ name: String) throws -> Record {
    try #require(records.first { $0.name == name }, "no record \(name)")
  }

  func enumeration(_ name: String) throws -> Enumeration {
    try #require(enumerations.first { $0.name == name }, "no enumeration \(name)")
  }

  func typedef(_ name: String) throws -> Typedef {
    try #require(typedefs.first { $0.name == name }, "no typedef \(name)")
  }

  func macro(_ name: String) throws -> Macro {
    try #require(macros.first { $0.name == name }, "no macro \(name)")
  }
}

extension Function {
  /// The declaration on one line, for short expectations.
  var signature: String {
    var text = "\(name)("
    text += parameters.map { "\($0.type)" + ($0.name.map { " \($0)" } ?? "") }
      .joined(separator: ", ")
    if !hasPrototype { text += "?" }
    if isVariadic { text += ", ..." }
    return text + ") -> \(result)"
  }
}

extension Record {
  /// The fields on one line each, for short expectations.
  var fieldLines: [String] {
    (layout?.fields ?? []).map { field in
      "\(field.name ?? "-"): \(field.type) @\(field.bitOffset)"
        + (field.bitWidth.map { ":\($0)" } ?? "")
    }
  }
}
