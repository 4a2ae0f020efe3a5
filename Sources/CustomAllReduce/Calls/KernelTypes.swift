internal import Collectives

/// The element types that there are kernels for, as the kernels number them. Sums are made in 32 bits
/// and rounded once.
enum KernelElement: UInt32, CaseIterable {
  case float32 = 0
  case float16 = 1
  case bfloat16 = 2

  /// nil: there are no kernels for the type.
  init?(_ dataType: DataType) {
    switch dataType {
    case .float32: self = .float32
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    default: return nil
    }
  }

  var dataType: DataType {
    switch self {
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    }
  }

  /// What their sources call it.
  var sourceName: String {
    switch self {
    case .float32: "Float32"
    case .float16: "Float16"
    case .bfloat16: "BFloat16"
    }
  }
}

/// The reductions that the kernels know: `Operation` in Elements.cu. Sums and products are made in the
/// order of the ranks; of a NaN and a number the number is the largest and the smallest.
enum KernelOperation: UInt32, CaseIterable {
  case sum = 0
  case product = 1
  case maximum = 2
  case minimum = 3
  case average = 4

  /// nil: the kernels do not know it.
  init?(_ op: ReductionOp) {
    switch op {
    case .sum: self = .sum
    case .product: self = .product
    case .maximum: self = .maximum
    case .minimum: self = .minimum
    case .average: self = .average
    case .custom: return nil
    }
  }

  var reductionOp: ReductionOp {
    switch self {
    case .sum: .sum
    case .product: .product
    case .maximum: .maximum
    case .minimum: .minimum
    case .average: .average
    }
  }
}
