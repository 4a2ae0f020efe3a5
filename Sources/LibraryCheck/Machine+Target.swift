import ELFSymbols

extension ELFIdentity.Machine {
  /// The machine of a target triple; nil for one without a row.
  init?(target: String) {
    let machines: [Substring: UInt16] = [
      "x86_64": 62, "aarch64": 183, "arm64": 183, "riscv64": 243, "powerpc64le": 21, "s390x": 22,
    ]
    guard let name = target.split(separator: "-").first, let value = machines[name] else {
      return nil
    }
    self.init(rawValue: value)
  }
}
