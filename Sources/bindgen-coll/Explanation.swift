import BindingPlan
import HeaderModel

/// One symbol through every stage.
struct Explanation {
  let symbol: String
  let history: SymbolHistory
  let plan: Plan
  let output: [(path: String, bytes: [UInt8])]

  var text: String {
    var lines = ["\(plan.profile.displayName) \(symbol)", "", "In the models:"]
    for entry in history.entries {
      let range = entry.first == entry.last ? entry.first : "\(entry.first) to \(entry.last)"
      if entry.declaration.count > 1 {
        lines.append("  \(range):")
        lines += entry.declaration.map { "    \($0)" }
      } else {
        lines.append("  \(range): \(entry.declaration.first ?? "not declared")")
      }
    }
    lines += ["", "In the plan:"] + planned.map { "  \($0)" }
    let blocks = rendered
    if !blocks.isEmpty { lines += ["", "In the output:"] + blocks }
    return lines.joined(separator: "\n")
  }

  private var planned: [String] {
    var lines: [String] = []
    for function in plan.functions {
      let slots = plan.slots[function.slots]
      guard function.cName == symbol || slots.contains(where: { $0.symbol == symbol }) else {
        continue
      }
      for slot in slots {
        let flavours =
          slot.flavours.isEmpty ? "" : ", flavour \(slot.flavours.joined(separator: " or "))"
        lines.append("slot \(slot.index) \(slot.field): \(slot.availability.text)\(flavours)")
      }
      for wrapper in function.wrappers {
        let labels = wrapper.parameters.map { "\($0.swiftName):" }.joined()
        lines.append("method \(plan.libraryType).\(wrapper.swiftName)(\(labels))")
      }
    }
    for enumeration in plan.enumerations {
      if enumeration.cName == symbol {
        lines.append("type \(enumeration.swiftName), \(enumeration.availability.text)")
      }
      for enumerator in enumeration.enumerators where enumerator.cName == symbol {
        lines.append(
          "value \(enumeration.swiftName).\(enumerator.swiftName), \(enumerator.availability.text)")
      }
    }
    lines += plan.handles.filter { $0.cName == symbol }.map { "handle \($0.swiftName)" }
    lines += plan.structures.filter { $0.cName == symbol }.map {
      "versioned structure \($0.swiftName), \($0.layouts.count) layouts"
    }
    lines += plan.records.filter { $0.cName == symbol }.map {
      "record \($0.swiftName ?? $0.emittedName), \($0.releases)"
    }
    lines += plan.constants.filter { $0.cName == symbol }.map {
      "constant \(plan.constantsType).\($0.swiftName) = \($0.value)"
    }
    for group in plan.flags {
      lines += group.members.filter { $0.cName == symbol }.map {
        "flag \(group.swiftName).\($0.swiftName) = \($0.value)"
      }
    }
    if plan.otherSymbols.contains(symbol) { lines.append("left out of the function table") }
    lines += plan.skipped.map(\.message).filter { $0.hasPrefix("\(symbol) ") }
    return lines.isEmpty ? ["nothing: the module has no use for it"] : lines
  }

  /// The blocks of the generated files that name the symbol: paragraphs, or a function's whole
  /// section.
  private var rendered: [String] {
    output.flatMap { file -> [String] in
      let text = String(decoding: file.bytes, as: UTF8.self)
      let separator = text.contains("\n  // MARK: ") ? "\n  // MARK: " : "\n\n"
      let blocks = text.split(separator: separator).filter { mentions($0) }
      guard !blocks.isEmpty else { return [] }
      return ["  \(file.path):"]
        + blocks.flatMap { block in
          lines(of: block).map { "    \($0)" } + [""]
        }
    }
  }

  /// Of a long block, such as a table, only the lines that matter.
  private func lines(of block: Substring) -> [Substring] {
    let lines = block.split(separator: "\n", omittingEmptySubsequences: true)
    return lines.count <= 40 ? lines : lines.filter { mentions($0) }
  }

  private func mentions(_ text: Substring) -> Bool {
    text.ranges(of: symbol).contains { range in
      func isName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
      }
      let before =
        range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
      return !isName(before) && !isName(after)
    }
  }
}
