package import HeaderModel
import Yams

func parseYAML(_ yaml: String, file: String) throws(Diagnostic) -> Node {
  do {
    // The default resolver guesses types by regular expressions, which cost more to set up than
    // reading the whole profile; the decoder asks for the type that it needs.
    if let node = try Parser(yaml: yaml, resolver: .basic).singleRoot() { return node }
  } catch let error as YamlError {
    if case .duplicatedKeysInMapping(let keys, let context) = error {
      throw Diagnostic(
        .error, file: file, line: context.mark.line,
        "of the keys that begin here \(keys.sorted().map { "\"\($0)\"" }.joined(separator: ", ")) "
          + "stands twice", rule: "profile-duplicate-key", help: "keep one of them")
    }
    throw Diagnostic(
      .error, file: file, line: error.mark?.line, "not valid YAML: \(error.problem)",
      rule: "profile-syntax")
  } catch {
    throw Diagnostic(.error, file: file, "not valid YAML: \(error)", rule: "profile-syntax")
  }
  throw Diagnostic(.error, file: file, "the file is empty", rule: "profile-syntax")
}

extension YamlError {
  fileprivate var mark: Mark? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark
    default: nil
    }
  }

  fileprivate var problem: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    default: "\(self)"
    }
  }
}

/// Decodes a file that is a list of mappings; `item` is given each one's keys and its line.
package func decodeList<Item>(
  _ yaml: String, file: String, what: String,
  _ item: (inout ProfileDecoder, Int) throws(Diagnostic) -> Item
) throws(Diagnostic) -> [Item] {
  let root = try parseYAML(yaml, file: file)
  guard case .sequence(let sequence) = root else {
    throw Diagnostic(
      .error, file: file, line: root.mark?.line, "the file must be a list, each item \(what)",
      rule: "profile-wrong-type")
  }
  var items: [Item] = []
  for node in sequence {
    var decoder = try ProfileDecoder(node, file: file, what: what, example: nil)
    items.append(try item(&decoder, node.mark?.line ?? 1))
    try decoder.finish()
  }
  return items
}
