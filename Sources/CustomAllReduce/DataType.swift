public import CUDARuntime

extension CustomAllReduce {
  /// The element types that are taken. Sums are made in 32 bits and rounded once.
  public enum DataType: UInt32, Hashable, Sendable, CaseIterable {
    /// IEEE's 32 bits.
    case float32 = 0
    /// IEEE's 16 bits.
    case float16 = 1
    /// The upper half of 32 bits.
    case bfloat16 = 2

    /// In bytes.
    public var byteCount: Int { self == .float32 ? 4 : 2 }

    /// What the kernels call it.
    var kernelName: String {
      switch self {
      case .float32: "Float32"
      case .float16: "Float16"
      case .bfloat16: "BFloat16"
      }
    }
  }

  /// How elements become one; `Operation` in Elements.cu.
  public enum ReductionOp: UInt32, Hashable, Sendable, CaseIterable {
    /// Added in the order of the ranks.
    case sum = 0
    /// Multiplied in the order of the ranks.
    case product = 1
    /// The largest; a NaN loses against a number.
    case maximum = 2
    /// The smallest; a NaN loses against a number.
    case minimum = 3
    /// The sum, divided by the number of ranks.
    case average = 4
  }
}

/// An element type that an all-reduce takes.
public protocol AllReduceElement: DeviceElement {
  /// What the kernels call it.
  static var allReduceDataType: CustomAllReduce.DataType { get }
}

extension Float: AllReduceElement {
  /// 32 bits.
  public static var allReduceDataType: CustomAllReduce.DataType { .float32 }
}

extension Float16: AllReduceElement {
  /// 16 bits.
  public static var allReduceDataType: CustomAllReduce.DataType { .float16 }
}

extension BFloat16: AllReduceElement {
  /// The upper half of 32 bits.
  public static var allReduceDataType: CustomAllReduce.DataType { .bfloat16 }
}
