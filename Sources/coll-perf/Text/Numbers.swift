extension Double {
  /// With so many digits after the point.
  func fixed(_ digits: Int) -> String {
    guard isFinite else { return "\(self)" }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (magnitude * scale).rounded()
    guard scaled < 1e15 else { return "\(self)" }
    var text = String(Int(scaled))
    if digits > 0 {
      text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
      text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
    }
    return (self < 0 && scaled > 0 ? "-" : "") + text
  }

  /// So many digits from the first that is not 0, and no zeros at the end.
  func significant(_ digits: Int) -> String {
    guard isFinite, self != 0 else { return isFinite ? "0" : "\(self)" }
    var (left, rest) = (0, magnitude)
    while rest >= 10 { (left, rest) = (left + 1, rest / 10) }
    while rest < 1 { (left, rest) = (left - 1, rest * 10) }
    var text = fixed(max(0, digits - 1 - left))
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text
  }
}

extension String {
  /// With spaces before it, up to a width.
  func right(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
  /// With spaces after it, up to a width.
  func left(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
