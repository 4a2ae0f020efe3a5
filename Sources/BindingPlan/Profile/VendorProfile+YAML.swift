package import HeaderModel
import Yams

extension VendorProfile {
  /// Reads a profile; `file` is for messages and for paths that the profile gives relative to it.
  package init(yaml: String, file: String, directory: String) throws(Diagnostic) {
    let root = try parseYAML(yaml, file: file)
    var decoder = try ProfileDecoder(root, file: file, what: "a profile")
    let vendor = try decoder.required("vendor")
    self.init(
      file: file, directory: directory, vendor: vendor,
      displayName: try decoder.string("name") ?? vendor,
      module: try decoder.required("module"), typePrefix: try decoder.required("typePrefix"),
      libraryType: try decoder.string("libraryType"))
    let identifiers = [
      ("vendor", vendor.split(separator: "-").joined()), ("module", module),
      ("typePrefix", typePrefix), ("libraryType", libraryType ?? typePrefix),
    ]
    for (key, name) in identifiers where !isIdentifier(name) {
      throw Diagnostic(
        .error, file: file, "\"\(key)\" must be a Swift identifier, not \"\(name)\"",
        rule: "profile-not-an-identifier")
    }
    noteLines(of: root, in: &lines)
    cPrefix = try decoder.string("cPrefix")
    outputs = try decoder.list("outputs") { (node) throws(Diagnostic) in
      try Output(node, file: file)
    }
    additionalOutputs = try decoder.list("additionalOutputs") { (node) throws(Diagnostic) in
      try Output(node, file: file)
    }
    swiftFromPlugin = try decoder.bool("swiftFromPlugin") ?? false
    if let node = decoder.node("header") { header = try HeaderSource(node, file: file) }
    if let node = decoder.node("library") { library = try Library(node, file: file) }
    if let node = decoder.node("status") { status = try Status(node, file: file) }
    if let node = decoder.node("functions") {
      functions = try FunctionSelection(node, file: file, lines: &lines)
    }
    if let node = decoder.node("names") { names = try Names(node, file: file, lines: &lines) }
    let texts = decoder
    results = try decoder.dictionary("results", lines: &lines) { (node) throws(Diagnostic) in
      guard case .sequence(let items) = node else {
        return [try texts.text(node, what: "a result parameter")]
      }
      var names: [String] = []
      for item in items { names.append(try texts.text(item, what: "a result parameter")) }
      return names
    }
    lateResults = try decoder.strings("lateResults")
    defaults = try decoder.dictionary("defaults", lines: &lines) { (node) throws(Diagnostic) in
      try texts.text(node, what: "a default")
    }
    sentinels = try decoder.strings("sentinels")
    handles = try decoder.strings("handles")
    enumerations = try decoder.strings("enumerations")
    byteRecords = try decoder.strings("byteRecords")
    versionedStructures = try decoder.list("versionedStructures") { (node) throws(Diagnostic) in
      try VersionedStructure(node, file: file)
    }
    flags = try decoder.list("flags") { (node) throws(Diagnostic) in
      try FlagGroup(node, file: file)
    }
    flavours = try decoder.list("flavours") { (node) throws(Diagnostic) in
      try Flavour(node, file: file)
    }
    if let node = decoder.node("collectives") { collectives = try Collectives(node, file: file) }
    try decoder.finish()
  }
}

/// Where each text stands first, as a key or as a value.
private func noteLines(of node: Node, in lines: inout [String: Int]) {
  switch node {
  case .scalar(let scalar):
    if lines[scalar.string] == nil { lines[scalar.string] = node.mark?.line }
  case .mapping(let mapping):
    for (key, value) in mapping {
      noteLines(of: key, in: &lines)
      noteLines(of: value, in: &lines)
    }
  case .sequence(let sequence):
    for item in sequence { noteLines(of: item, in: &lines) }
  case .alias: break
  }
}

extension VendorProfile.HeaderSource {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "\"header\"")
    self.file = try decoder.required("file")
    source = try decoder.string("source")
    paths = try decoder.strings("paths")
    stubs = try decoder.strings("stubs")
    defines = try decoder.strings("defines")
    keepsDocumentation = try decoder.bool("documentation") ?? true
    let parts = try decoder.strings("release")
    if let code = try decoder.string("releaseCode") {
      release = .code(code)
    } else if !parts.isEmpty {
      guard parts.count <= 3 else {
        throw Diagnostic(
          .error, file: file, "\"release\" names \(parts.count) macros, it takes up to three",
          rule: "profile-wrong-type", help: "give the macros of major, minor and patch")
      }
      release = .parts(parts)
    }
    try decoder.finish()
  }
}

extension VendorProfile.Library {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "\"library\"")
    environment = try decoder.strings("environment")
    names = try decoder.strings("names")
    versionFunction = try decoder.string("versionFunction")
    versionCount = try decoder.integer("versionCount") ?? 1
    versionCode = try decoder.list("versionCode") { (node) throws(Diagnostic) in
      var rule = try ProfileDecoder(node, file: file, what: "a rule of \"versionCode\"")
      let result = VendorProfile.VersionRule(
        below: try rule.integer("below"), major: try rule.integer("major") ?? 0,
        minor: try rule.integer("minor") ?? 0, patch: try rule.integer("patch") ?? 0)
      try rule.finish()
      return result
    }
    versionMacro = try decoder.string("versionMacro")
    errorText = try decoder.string("errorText")
    lastError = try decoder.string("lastError")
    try decoder.finish()
    guard (1...3).contains(versionCount) else {
      throw Diagnostic(
        .error, file: file, "\"versionCount\" must be 1, 2 or 3, not \(versionCount)",
        rule: "profile-wrong-type")
    }
  }
}

extension VendorProfile.Collectives {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "\"collectives\"")
    if let node = decoder.node("waits") {
      var members = try ProfileDecoder(node, file: file, what: "\"waits\"")
      for property in ["peer", "count", "signalIndex", "context"] {
        waits.append(
          CollectiveMember(member: try members.required(property), property: property))
      }
      try members.finish()
    }
    hostShim = try decoder.bool("hostShim") ?? false
    try decoder.finish()
  }
}

extension VendorProfile.Status {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "\"status\"")
    type = try decoder.required("type")
    success = try decoder.required("success")
    pending = try decoder.strings("pending")
    try decoder.finish()
  }
}

extension VendorProfile.FunctionSelection {
  fileprivate init(
    _ node: Node, file: String, lines: inout [String: Int]
  ) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "\"functions\"")
    prefixes = try decoder.strings("prefixes")
    only = try decoder.strings("only")
    twinPrefix = try decoder.string("twinPrefix")
    let texts = decoder
    twins = try decoder.dictionary("twins", lines: &lines) { (node) throws(Diagnostic) in
      try texts.text(node, what: "a twin")
    }
    skip = try decoder.dictionary("skip", lines: &lines) { (node) throws(Diagnostic) in
      try texts.text(node, what: "a reason")
    }
    try decoder.finish()
  }
}

extension VendorProfile.Names {
  fileprivate init(
    _ node: Node, file: String, lines: inout [String: Int]
  ) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "\"names\"")
    let texts = decoder
    func name(_ node: Node) throws(Diagnostic) -> String {
      let name = try texts.text(node, what: "a name")
      guard isIdentifier(name) else {
        throw Diagnostic(
          .error, file: file, line: node.mark?.line, "\"\(name)\" is not a Swift identifier",
          rule: "profile-not-an-identifier")
      }
      return name
    }
    functions = try decoder.dictionary("functions", lines: &lines, name)
    types = try decoder.dictionary("types", lines: &lines, name)
    parameters = try decoder.dictionary("parameters", lines: &lines, name)
    enumerators = try decoder.dictionary("enumerators", lines: &lines, name)
    fields = try decoder.dictionary("fields", lines: &lines, name)
    enumeratorPrefixes = try decoder.dictionary("enumeratorPrefixes", lines: &lines, name)
    try decoder.finish()
  }
}

extension VendorProfile.VersionedStructure {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "a versioned structure")
    type = try decoder.required("type")
    initializer = try decoder.required("initializer")
    sizeField = try decoder.string("size")
    magicField = try decoder.string("magic")
    versionField = try decoder.string("version")
    try decoder.finish()
  }
}

extension VendorProfile.FlagGroup {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "a group of flags")
    name = try decoder.required("name")
    prefix = try decoder.required("prefix")
    except = try decoder.strings("except")
    parameters = try decoder.strings("parameters")
    try decoder.finish()
    guard isIdentifier(name) else {
      throw Diagnostic(
        .error, file: file, line: node.mark?.line, "\"\(name)\" is not a Swift identifier",
        rule: "profile-not-an-identifier")
    }
  }
}

extension VendorProfile.Flavour {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "a flavour")
    name = try decoder.required("name")
    summary = try decoder.required("summary")
    isOwn = try decoder.bool("own") ?? false
    detect = try decoder.list("detect") { (node) throws(Diagnostic) in
      try VendorProfile.FlavourRule(node, file: file)
    }
    line = node.mark?.line
    try decoder.finish()
  }
}

extension VendorProfile.FlavourRule {
  fileprivate init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "a rule of \"detect\"")
    exports = try decoder.strings("exports")
    lacks = try decoder.strings("lacks")
    versionCodes = try decoder.integers("versionCodes")
    line = node.mark?.line
    try decoder.finish()
  }
}
