import HeaderModel

/// Writes a guess as a profile for people to go on with.
package struct ProfileText {
  package var vendor: String
  package var displayName: String
  package var module: String
  package var typePrefix: String
  /// Of the library's class, where that after the type prefix is taken.
  package var libraryType: String?
  package var headerFile: String
  /// Relative to the profile.
  package var stubs: [String] = []
  package var defines: [String] = []

  package init(
    vendor: String, displayName: String, module: String, typePrefix: String, headerFile: String
  ) {
    self.vendor = vendor
    self.displayName = displayName
    self.module = module
    self.typePrefix = typePrefix
    self.headerFile = headerFile
  }

  /// The variable that names the library's file.
  package var environmentVariable: String { "\(stem.uppercased())_LIBRARY_PATH" }

  private var stem: String { vendor.split(separator: "-").joined(separator: "_") }

  /// Nothing says what the library's file is called.
  package func libraryNames(_ guess: ProfileGuess) -> [String] {
    let name = "lib\(stem.lowercased()).so"
    return (guess.release.map { ["\(name).\($0.major)"] } ?? []) + [name]
  }

  package func yaml(_ guess: ProfileGuess) -> String {
    var text = """
      # What \(YAMLText.line(headerFile)) does not say about \(YAMLText.line(displayName)).
      #
      # `bindgen-coll init` guessed this from one header: check every line, and correct it. Then
      # `bindgen-coll generate \(vendor)` makes the module anew. Releases, layouts and values are not
      # here: they come from the models.
      vendor: \(YAMLText.scalar(vendor))
      name: \(YAMLText.scalar(displayName))
      module: \(YAMLText.scalar(module))
      # What generated type names start with.
      typePrefix: \(YAMLText.scalar(typePrefix))

      """
    if let libraryType {
      text += "# The library's class, and what the names beside it start with.\n"
      text += "libraryType: \(YAMLText.scalar(libraryType))\n"
    }
    text += "\n"
    text += header(guess) + "\n" + library(guess)
    if let status = guess.statusType, let success = guess.success {
      text += "\nstatus:\n  type: \(YAMLText.scalar(status))\n"
      text += "  success: \(YAMLText.scalar(success))\n"
      if !guess.pending.isEmpty {
        text += "  # Accepted and not finished: no failure.\n"
        text += "  \(YAMLText.list("pending", guess.pending))\n"
      }
    }
    return text + functions(guess) + types(guess)
  }

  private func header(_ guess: ProfileGuess) -> String {
    var text = "header:\n  file: \(YAMLText.scalar(headerFile))\n"
    text += "  # Where the header lies in the vendor's package.\n"
    text += "  \(YAMLText.list("paths", ["include/\(headerFile)"]))\n"
    if !stubs.isEmpty { text += "  \(YAMLText.list("stubs", stubs))\n" }
    if !defines.isEmpty { text += "  \(YAMLText.list("defines", defines))\n" }
    if !guess.releaseParts.isEmpty {
      text += "  # The macros that tell the header's release.\n"
      text += "  release: \(YAMLText.list(guess.releaseParts))\n"
    } else if let code = guess.releaseCode {
      text +=
        "  # The macro that tells the header's release; it decodes by library: versionCode:.\n"
      text += "  releaseCode: \(YAMLText.scalar(code))\n"
    }
    return text + """
        # The header's comments go into the models and the module. If its licence does not let you
        # pass them on, take the "#" away.
        # documentation: false

      """
  }

  private func library(_ guess: ProfileGuess) -> String {
    var text = """
      library:
        # The variable that names the library's file, and the names to look for without it.
        environment: [\(environmentVariable)]
        names: \(YAMLText.list(libraryNames(guess)))

      """
    if let function = guess.versionFunction {
      text += "  # What the loaded library is asked for its release.\n"
      text += "  versionFunction: \(YAMLText.scalar(function))\n"
      if guess.versionCount > 1 { text += "  versionCount: \(guess.versionCount)\n" }
    }
    if guess.versionCount == 1, !guess.versionRules.isEmpty {
      text += "  # How a version code is made: 22803 is 2.28.3 with 10000, 100, 1.\n"
      text += "  versionCode:\n"
      for rule in guess.versionRules {
        let factors = zip(["major", "minor", "patch"], rule.factors).map { "\($0): \($1)" }
        let below = rule.below.map { ["below: \($0)"] } ?? []
        text += "    - {\((below + factors).joined(separator: ", "))}\n"
      }
    }
    if let macro = guess.versionMacro {
      text += "  # The code of the header itself, which versioned structures are stamped with.\n"
      text += "  versionMacro: \(YAMLText.scalar(macro))\n"
    }
    if let function = guess.errorText { text += "  errorText: \(YAMLText.scalar(function))\n" }
    if let function = guess.lastError { text += "  lastError: \(YAMLText.scalar(function))\n" }
    return text
  }

  private func functions(_ guess: ProfileGuess) -> String {
    var text = "\nfunctions:\n  prefixes: \(YAMLText.list(guess.prefixes))\n"
    if let twin = guess.twinPrefix {
      text += "  # The profiling twins' names: with this in front.\n"
      text += "  twinPrefix: \(YAMLText.scalar(twin))\n"
    }
    if !guess.twins.isEmpty {
      let twins = guess.twins.sorted { $0.key < $1.key }
        .map { "\(YAMLText.scalar($0.key)): \(YAMLText.scalar($0.value))" }
      text += "  twins: {\(twins.joined(separator: ", "))}\n"
    }
    if !guess.results.isEmpty {
      text += "\n# Parameters that the library writes; the Swift method returns them.\nresults:\n"
      for (function, parameters) in guess.results {
        text += "  \(YAMLText.scalar(function)): \(YAMLText.list(parameters))\n"
      }
    }
    if !guess.sentinels.isEmpty {
      text += "\n# Counts and range ends, no values.\n"
      text += YAMLText.list("sentinels", guess.sentinels) + "\n"
    }
    return text
  }

  private func types(_ guess: ProfileGuess) -> String {
    var text = ""
    if !guess.handles.isEmpty {
      text += "\n# Handles that the header declares as void *.\n"
      text += YAMLText.list("handles", guess.handles) + "\n"
    }
    if !guess.byteRecords.isEmpty {
      text += "\n# Nothing but bytes to hand around.\n"
      text += YAMLText.list("byteRecords", guess.byteRecords) + "\n"
    }
    guard !guess.versionedStructures.isEmpty else { return text }
    text += "\n# They carry their size and version; the loaded release decides on their layout.\n"
    text += "versionedStructures:\n"
    for structure in guess.versionedStructures {
      text += "  - type: \(YAMLText.scalar(structure.type))\n"
      text += "    initializer: \(YAMLText.scalar(structure.initializer))\n"
      for (key, field) in [
        ("size", structure.size), ("magic", structure.magic), ("version", structure.version),
      ] {
        if let field { text += "    \(key): \(YAMLText.scalar(field))\n" }
      }
    }
    return text
  }
}
