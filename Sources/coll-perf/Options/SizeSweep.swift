/// The sizes to measure, from the first to the last.
struct SizeSweep: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// Each size is so many times the one before.
    case times(Int)
    /// Each size is so many bytes more than the one before.
    case plus(Int)
  }

  let first: Int
  let last: Int
  let step: Step

  init(first: Int, last: Int, step: Step) throws {
    guard first <= last else {
      throw OptionError(
        "the sizes begin at \(ByteCount(first)) and end at \(ByteCount(last)): the end must not be less"
      )
    }
    switch step {
    case .times(let factor):
      guard factor >= 2 else { throw OptionError("the factor is \(factor): it must be 2 or more") }
      guard first > 0 || last == 0 else {
        throw OptionError("sizes from 0 cannot be multiplied: give --step, or begin at 1 or more")
      }
    case .plus(let bytes):
      guard bytes > 0 else { throw OptionError("the step is \(bytes) bytes: it must be 1 or more") }
    }
    (self.first, self.last, self.step) = (first, last, step)
  }

  var sizes: [Int] {
    var sizes = [first]
    while let size = next(after: sizes[sizes.count - 1]), size <= last { sizes.append(size) }
    return sizes
  }

  private func next(after size: Int) -> Int? {
    let (next, overflows) =
      switch step {
      case .times(let factor): size.multipliedReportingOverflow(by: factor)
      case .plus(let bytes): size.addingReportingOverflow(bytes)
      }
    return overflows || next == size ? nil : next
  }
}
