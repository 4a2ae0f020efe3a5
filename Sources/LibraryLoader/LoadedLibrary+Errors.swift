// The errors of generated calls. They are built out of line, so that a generated call stays a
// compare and a branch.

extension LoadedLibrary {
  /// The error of a call that cannot be made: why the slots of one C function are all empty.
  ///
  /// - Parameter slots: The slots of the function's variants.
  @inline(never)
  public func unavailable(_ slots: Range<Int>) -> CollectiveError {
    let symbols = libraryDescription.symbols
    let rows = slots.clamped(to: symbols.indices)
    // A function's symbol may have another name in another release: the one that should be there
    // counts, or else the newest.
    let row =
      rows.last { row in release.map { symbols[row].covers($0) } ?? false } ?? rows.last
    guard let row, let found = resolution.entry(ofRow: row) else {
      return error("", .symbolUnavailable, "the function table has no slots \(slots)")
    }
    let name = symbols[row].name.text
    let reason = Unavailability(
      library: self, name: name, rows: symbols[found.entry.rows], presence: found.entry.presence,
      choice: found.choice)
    return error(name, .symbolUnavailable, reason.sentence)
  }

  /// The error of a call that returned a failure status.
  ///
  /// - Parameters:
  ///   - call: The C symbol.
  ///   - status: The status returned.
  ///   - name: The status's name in the loaded release, if it has one.
  ///   - text: What the library's error-text function says about the status.
  ///   - lastError: What the library's last-error function says.
  @inline(never)
  public func failure(
    call: StaticString, status: Int, name: String?, text: String?, lastError: String?
  ) -> CollectiveError {
    CollectiveError(
      CollectiveError.Storage(
        vendor: vendor, call: call.text, kind: .status(code: status), codeName: name,
        text: text?.trimmed, lastError: lastError?.trimmed, libraryPath: path, release: release))
  }

  /// The error of a field that the user has set and that the loaded release does not know.
  @inline(never)
  public func unsupportedField(
    _ field: StaticString, of structure: StaticString, since: LibraryRelease
  ) -> CollectiveError {
    let name = structure.text
    return error(
      name, .fieldUnsupported, "\(name).\(field) needs \(vendor) \(since) or later; \(loaded)")
  }

  /// The error of an argument that the loaded library's function does not take.
  @inline(never)
  public func unsupportedArgument(
    _ argument: StaticString, call: StaticString
  ) -> CollectiveError {
    let build = flavour.map { ", flavour \($0)" } ?? ""
    return error(
      call.text, .argumentUnsupported,
      "\(call) has no argument \(argument) in this library; \(loaded)\(build)")
  }

  /// The error of an operation that the vendor has no function for.
  @inline(never)
  public func unavailable(_ sentence: String) -> CollectiveError {
    error("", .symbolUnavailable, "\(sentence); \(loaded)")
  }

  /// The error of an argument that is wrong whatever the library; nothing was called.
  @inline(never)
  public func invalidArgument(call: StaticString, _ message: String) -> CollectiveError {
    error(call.text, .invalidArgument, message)
  }

  /// "loaded 2.28.3 from PATH (NCCL_LIBRARY_PATH)".
  var loaded: String {
    guard let release else { return "loaded \(path) (\(foundBy)), whose release is unknown" }
    // Another vendor's release means little without its name.
    let other = isModelled ? nil : flavour
    return "loaded \(release)\(other.map { " of flavour \($0)" } ?? "") from \(path) (\(foundBy))"
  }

  private func error(
    _ call: String, _ kind: CollectiveError.Kind, _ text: String
  ) -> CollectiveError {
    CollectiveError(
      CollectiveError.Storage(
        vendor: vendor, call: call, kind: kind, text: text, libraryPath: path, release: release))
  }
}

extension String {
  /// Without white space at the end: vendors' texts come with line ends.
  fileprivate var trimmed: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last])
  }
}
