internal import ELFSymbols

extension LoadedLibrary {
  /// Collects what is known about the library. It reads the file and looks at every loaded object:
  /// for messages and commands, not for hot paths.
  public func report() -> LibraryReport {
    let symbols = libraryDescription.symbols
    var present: [String] = []
    var undecided: [String] = []
    var missing: [LibraryReport.MissingSymbol] = []
    for (entry, choice) in zip(resolution.entries, resolution.choices) {
      let rows = symbols[entry.rows]
      let name = symbols[entry.rows.lowerBound].name.text
      if case .exported = entry.presence {
        present.append(name)
        if case .row = choice { continue }
        undecided.append(name)
      } else {
        let isExpected =
          isModelled && release.map { release in rows.contains { $0.covers(release) } } ?? false
        missing.append(
          LibraryReport.MissingSymbol(
            name: name, since: rows.lazy.map(\.since).min() ?? rows[rows.startIndex].since,
            isExpected: isExpected))
      }
    }
    let (unexpected, problem) = unexpectedExports()
    return LibraryReport(
      vendor: vendor, path: path, requestedPath: requestedPath, foundBy: foundBy, release: release,
      versionCode: versionCode, newestKnownRelease: libraryDescription.releases.max(),
      layoutRelease: layoutRelease, flavour: flavour, flavourSource: flavourSource,
      present: present, missing: missing, undecided: undecided, unexpected: unexpected,
      exportsProblem: problem,
      otherLoadedCopies: OtherCopies(of: self).find())
  }

  private func unexpectedExports() -> (names: [String], problem: String?) {
    let exports: [DynamicSymbol]
    do throws(ELFError) {
      exports = try SharedObject(contentsOf: path).symbols
    } catch {
      return ([], error.description)
    }
    let known = Set(libraryDescription.symbols.map(\.name.text))
      .union(libraryDescription.otherSymbols.map(\.text))
    let names = exports.lazy.filter { $0.isExported && !known.contains($0.name) }.map(\.name)
    let own = names.filter { name in
      self.libraryDescription.symbolPrefixes.contains { name.hasPrefix($0) }
    }
    return (Set(own).sorted(), nil)
  }
}
