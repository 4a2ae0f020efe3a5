import HeaderModel

/// Refuses a profile that names something no release has: the line is misspelt, or the header no
/// longer has it and the profile should forget it.
enum CheckProfile {
  static func check(_ profile: VendorProfile, against merged: MergedReleases) -> [Diagnostic] {
    var functions: Set<String> = []
    var parameters: Set<String> = []
    var types: Set<String> = []
    var enumerators: Set<String> = []
    var fields: Set<String> = []
    var macros: Set<String> = []
    for table in merged.tables {
      let header = table.header
      for function in header.functions {
        functions.insert(function.name)
        parameters.formUnion(function.parameters.compactMap(\.name))
      }
      macros.formUnion(header.macros.map(\.name))
      types.formUnion(header.typedefs.map(\.name))
      types.formUnion(header.records.map(\.name))
      types.formUnion(header.enumerations.map(\.name))
      for enumeration in header.enumerations {
        enumerators.formUnion(enumeration.enumerators.map(\.name))
      }
      for record in header.records {
        fields.formUnion((record.layout?.fields ?? []).compactMap(\.name))
      }
    }
    let callables = functions.union(macros)
    let selection = profile.functions
    let names = profile.names
    let library = profile.library
    let structures = profile.versionedStructures
    let mentions: [(kind: String, names: [String], known: Set<String>)] = [
      ("function", Array(profile.results.keys), callables),
      ("parameter", profile.results.values.flatMap(\.self), parameters),
      ("function", profile.lateResults, callables),
      ("parameter", Array(profile.defaults.keys), parameters),
      ("function", selection.only, callables),
      ("function", Array(selection.twins.keys), functions),
      ("function", Array(selection.skip.keys), callables),
      ("function", Array(names.functions.keys), callables),
      ("type", Array(names.types.keys), types),
      ("parameter", Array(names.parameters.keys), parameters),
      ("enumerator", Array(names.enumerators.keys), enumerators),
      ("field", Array(names.fields.keys), fields),
      ("enumeration", Array(names.enumeratorPrefixes.keys), types),
      ("enumerator", profile.sentinels, enumerators),
      ("type", profile.handles, types),
      ("enumeration", profile.enumerations, types),
      ("record", profile.byteRecords, types),
      ("type", [profile.status?.type].compactMap(\.self), types),
      (
        "enumerator",
        ([profile.status?.success].compactMap(\.self) + (profile.status?.pending ?? [])),
        enumerators
      ),
      (
        "function",
        [library.versionFunction, library.errorText, library.lastError].compactMap(\.self),
        callables
      ),
      ("macro", [library.versionMacro].compactMap(\.self), macros),
      ("type", structures.map(\.type), types),
      ("macro", structures.map(\.initializer), macros),
      (
        "field",
        structures.flatMap { [$0.sizeField, $0.magicField, $0.versionField] }
          .compactMap(\.self), fields
      ),
      ("macro", profile.flags.flatMap(\.except), macros),
    ]
    var problems: [Diagnostic] = []
    for (kind, mentioned, known) in mentions {
      for name in mentioned where !known.contains(name) {
        problems.append(unmatched("\(kind) \(name)", line: profile.lines[name], profile))
      }
    }
    for group in profile.flags where !macros.contains(where: { $0.hasPrefix(group.prefix) }) {
      problems.append(
        unmatched(
          "macro beginning with \(group.prefix)", line: profile.lines[group.prefix], profile))
    }
    for parameter in profile.flags.flatMap(\.parameters) {
      let parts = parameter.split(separator: ".", maxSplits: 1).map(String.init)
      let owners = callables.union(types)
      guard let name = parts.last, parts.count == 1 || owners.contains(parts[0]),
        parameters.contains(name) || fields.contains(name)
      else {
        problems.append(
          unmatched(
            "parameter or field \(parameter)", line: profile.lines[parameter], profile))
        continue
      }
    }
    problems += results(profile, merged)
    problems += CheckFlavours.check(profile, models: merged.tables.map(\.header))
    return problems.sorted { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) }
  }

  /// A result must be a parameter of its own function, and one that the function can write through.
  private static func results(_ profile: VendorProfile, _ merged: MergedReleases) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for (name, results) in profile.results {
      var written: Set<String> = []
      var known: Set<String> = []
      for table in merged.tables {
        let symbols = Set(table.header.macros.filter { $0.name == name }.map(\.body) + [name])
        for function in table.header.functions where symbols.contains(function.name) {
          for parameter in function.parameters {
            guard let parameterName = parameter.name else { continue }
            known.insert(parameterName)
            if table.isWritable(parameter.type) { written.insert(parameterName) }
          }
        }
      }
      for result in results where !written.contains(result) && !known.isEmpty {
        let line = profile.lines[result] ?? profile.lines[name]
        problems.append(
          known.contains(result)
            ? Diagnostic(
              .error, file: profile.file, line: line,
              "\(name) cannot write its parameter \(result): it is no pointer to a value",
              rule: "profile-not-a-result", help: "take it out of \"results\"")
            : unmatched("parameter \(result) of \(name)", line: line, profile))
      }
    }
    return problems
  }

  /// Functions that the profile lists, that are declared somewhere, and that were not selected: the
  /// header's users call them by another name.
  static func unmatched(functions: [String], _ profile: VendorProfile) -> [Diagnostic] {
    functions.map { unmatched("function to call as \($0)", line: profile.lines[$0], profile) }
  }

  static func unmatched(
    _ what: String, line: Int?, _ profile: VendorProfile
  ) -> Diagnostic {
    let article = "aeiou".contains(what.prefix(1)) ? "an" : "a"
    return Diagnostic(
      .error, file: profile.file, line: line,
      "no release of \(profile.displayName) has \(article) \(what)", rule: "profile-unmatched",
      help: "correct the name, or take the line out")
  }
}
