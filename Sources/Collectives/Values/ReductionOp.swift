/// How the ranks' elements become one, under one name for all vendors.
public enum ReductionOp: Sendable, Hashable {
  case sum
  case product
  case minimum
  case maximum
  /// The sum divided by the number of ranks.
  case average
  /// An op that a communicator made, for calls on that communicator alone.
  case custom(PreMultipliedSum)

  /// Those that libraries bring along.
  public static let builtIn: [ReductionOp] = [.sum, .product, .minimum, .maximum, .average]

  /// What vendors' headers call it.
  var name: String {
    switch self {
    case .sum: "sum"
    case .product: "prod"
    case .minimum: "min"
    case .maximum: "max"
    case .average: "avg"
    case .custom: "custom"
    }
  }

  /// A place in a table; of those that libraries bring along.
  var index: Int {
    switch self {
    case .sum: 0
    case .product: 1
    case .minimum: 2
    case .maximum: 3
    case .average: 4
    case .custom: 5
    }
  }
}

extension ReductionOp: CustomStringConvertible {
  /// As vendors' headers have it.
  public var description: String { name }
}
