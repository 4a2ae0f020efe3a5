/// Writes a guess as a profile for people to go on with.
package struct ProfileText {
  package var vendor: String
  package var displayName: String
  package var module: String
  package var typePrefix: String
  package var headerFile: String
  package var stubs: [String] = []

  package init(
    vendor: String, displayName: String, module: String, typePrefix: String, headerFile: String
  ) {
    self.vendor = vendor
    self.displayName = displayName
    self.module = module
    self.typePrefix = typePrefix
    self.headerFile = headerFile
  }

  package func yaml(_ guess: ProfileGuess) -> String {
    var text = """
      # What \(Self.plain(headerFile)) does not say about \(Self.plain(displayName)). Guessed by \
      `bindgen-coll init`: check every line.
      # Releases, layouts and values come from the models; Profiles of bindgen-coll show every key.
      vendor: \(Self.scalar(vendor))
      name: \(Self.scalar(displayName))
      module: \(Self.scalar(module))
      typePrefix: \(Self.scalar(typePrefix))

      header:
        file: \(Self.scalar(headerFile))

      """
    if !guess.releaseParts.isEmpty {
      text += "  release: \(Self.list(guess.releaseParts))\n"
    } else if let code = guess.releaseCode {
      text += "  release: \(Self.scalar(code))\n"
    }
    text += library(guess)
    if let status = guess.statusType, let success = guess.success {
      text += "\nstatus:\n  type: \(Self.scalar(status))\n  success: \(Self.scalar(success))\n"
      if !guess.pending.isEmpty { text += "  pending: \(Self.list(guess.pending))\n" }
    }
    text += "\nfunctions:\n  prefixes: \(Self.list(guess.prefixes))\n"
    if let twin = guess.twinPrefix { text += "  twinPrefix: \(Self.scalar(twin))\n" }
    if !guess.results.isEmpty {
      text += "\n# Parameters that the library writes; the Swift method returns them.\nresults:\n"
      for (function, parameters) in guess.results {
        text += "  \(Self.scalar(function)): \(Self.list(parameters))\n"
      }
    }
    if !guess.sentinels.isEmpty {
      text += "\n# Counts and range ends, no values.\nsentinels: \(Self.list(guess.sentinels))\n"
    }
    if !guess.handles.isEmpty { text += "\nhandles: \(Self.list(guess.handles))\n" }
    if !guess.byteRecords.isEmpty {
      text +=
        "\n# Nothing but bytes to hand around.\nbyteRecords: \(Self.list(guess.byteRecords))\n"
    }
    if !guess.versionedStructures.isEmpty {
      text += "\nversionedStructures:\n"
      for structure in guess.versionedStructures {
        text += "  - type: \(Self.scalar(structure.type))\n"
        text += "    initializer: \(Self.scalar(structure.initializer))\n"
        for (key, field) in [
          ("size", structure.size), ("magic", structure.magic), ("version", structure.version),
        ] {
          if let field { text += "    \(key): \(Self.scalar(field))\n" }
        }
      }
    }
    return text
  }

  private func library(_ guess: ProfileGuess) -> String {
    let prefix = guess.prefixes.first ?? vendor
    let stem = prefix.lowercased().filter { $0 != "_" }
    var text = """

      library:
        environment: [\(stem.uppercased())_LIBRARY_PATH]
        names: [lib\(stem).so]

      """
    if let function = guess.versionFunction {
      text += "  versionFunction: \(Self.scalar(function))\n"
      if guess.versionCount > 1 {
        text += "  versionCount: \(guess.versionCount)\n"
      } else if !guess.versionFactors.isEmpty {
        let factors = zip(["major", "minor", "patch"], guess.versionFactors)
          .map { "\($0): \($1)" }.joined(separator: ", ")
        text += "  versionCode:\n    - {\(factors)}\n"
      }
    }
    if let macro = guess.versionMacro, !guess.versionedStructures.isEmpty {
      text += "  versionMacro: \(Self.scalar(macro))\n"
    }
    if let function = guess.errorText { text += "  errorText: \(Self.scalar(function))\n" }
    if let function = guess.lastError { text += "  lastError: \(Self.scalar(function))\n" }
    return text
  }

  private static func list(_ items: [String]) -> String {
    "[\(items.map(scalar).joined(separator: ", "))]"
  }

  /// A name that YAML takes for nothing else; anything unusual is quoted.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
      && text.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) } == true
    return isPlain ? text : "'\(plain(text).replacing("'", with: "''"))'"
  }

  /// On one line, without what a terminal or YAML would act on.
  private static func plain(_ text: String) -> String {
    String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 } ? " " : $0 })
  }
}
