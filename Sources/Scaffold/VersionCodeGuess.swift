import HeaderModel

/// How a version code such as 22803 may be made of a release.
package enum VersionCodeGuess {
  package struct Rule: Hashable, Sendable {
    package var below: Int?
    package var factors: [Int]

    func release(_ code: Int) -> Release {
      var rest = code
      let parts = factors.map { factor in
        defer { rest %= factor }
        return rest / factor
      }
      return Release(parts[0], parts.count > 1 ? parts[1] : 0, parts.count > 2 ? parts[2] : 0)
    }
  }

  /// The usual ways.
  private static let known = [
    [10000, 100, 1], [1_000_000, 1000, 1], [1000, 100, 1], [1000, 10, 1], [100, 10, 1],
    [1 << 16, 1 << 8, 1], [100_000, 1000, 1], [10_000_000, 100_000, 1],
  ].map { Rule(below: nil, factors: $0) }

  /// The rules that make `code` of `release`: the header's own macro says it best.
  static func rules(_ header: Header, code: Int, is release: Release) -> [Rule] {
    for macro in header.macros where macro.parameters?.count == 3 {
      let rules = rules(in: macro)
      if decode(code, rules) == release { return rules }
    }
    return known.first { $0.release(code) == release }.map { [$0] } ?? []
  }

  /// Where nothing says the release: what gives numbers that a release may have.
  static func likely(_ code: Int) -> [Rule] {
    if code >= 10_000_000 { return [known[1]] }
    guard code >= 10000 else { return [known[2]] }
    // 12090 is rather 12.9 than 1.20.90.
    let patch = code % 100
    return [patch >= 10 && patch.isMultiple(of: 10) ? known[3] : known[0]]
  }

  static func decode(_ code: Int, _ rules: [Rule]) -> Release? {
    rules.first { $0.below.map { code < $0 } ?? true }?.release(code)
  }

  /// `( X ) * 1000 + ( Y ) * 100 + ( Z )`, once or, in the branches of a `?`, twice: the branch with
  /// the smaller numbers is for the codes below the other's first factor.
  private static func rules(in macro: Macro) -> [Rule] {
    guard let parameters = macro.parameters else { return [] }
    let tokens = macro.body.split(separator: " ").map(String.init).filter { $0 != "(" && $0 != ")" }
    let parts = tokens.split { $0 == "?" || $0 == ":" }
    let sums = (parts.count == 3 ? Array(parts.dropFirst()) : parts).compactMap {
      factors(Array($0), of: parameters)
    }
    guard sums.count == (parts.count == 3 ? 2 : 1) else { return [] }
    let ascending = sums.sorted { $0[0] < $1[0] }
    guard let last = ascending.last else { return [] }
    return ascending.dropLast().map { Rule(below: last[0], factors: $0) }
      + [Rule(below: nil, factors: last)]
  }

  /// The factor of each parameter in a sum.
  private static func factors(_ tokens: [String], of parameters: [String]) -> [Int]? {
    let terms = tokens.split(separator: "+").map(Array.init)
    guard terms.count == parameters.count else { return nil }
    var factors: [Int] = []
    for (term, parameter) in zip(terms, parameters) {
      if term == [parameter] {
        factors.append(1)
      } else if term.count == 3, term[0] == parameter, term[1] == "*", let factor = Int(term[2]),
        factor > 0
      {
        factors.append(factor)
      } else {
        return nil
      }
    }
    return factors
  }
}
