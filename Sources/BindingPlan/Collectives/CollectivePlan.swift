/// How a communicator's operations reach a vendor's functions.
package struct CollectivePlan: Sendable {
  /// In the order of the functions.
  package var operations: [CollectiveOperationPlan]
  /// The run time's name of each kind of numbers, sorted, and the Swift type that names them.
  package var codes: [(kind: String, type: String)]
  /// The record that holds a unique ID.
  package var uniqueID: ByteRecordPlan?
  /// The versioned structures that operations take, by their index in the plan.
  package var configurations: [Int]
  /// Those that they return.
  package var reports: [Int]
}

/// One operation.
package struct CollectiveOperationPlan: Sendable {
  package var name: String
  package var isEnqueued: Bool
  package var cName: String
  package var slots: Range<Int>
  /// The methods that do it; of several, the first that the loaded library has.
  package var methods: [CollectiveMethodPlan]
}

/// A method of the module as an operation calls it.
package struct CollectiveMethodPlan: Sendable {
  package var swiftName: String
  package var slots: Range<Int>
  /// Without those that have a default and no role.
  package var arguments: [CollectiveArgumentPlan]
  /// What the method returns: the first of its results.
  package var result: CollectiveResultPlan
  /// The name of that, where there are several.
  package var resultName: String?
}

package struct CollectiveMember: Hashable, Sendable {
  package var member: String
  package var property: String
}

package struct CollectiveArgumentPlan: Sendable {
  /// How the run time's raw value becomes the method's argument.
  package enum Form: Hashable, Sendable {
    /// A pointer or an `Int`, as it is.
    case same
    /// An integer of another width.
    case integer
    /// A Swift type around an integer.
    case wrappedInteger(String)
    /// A Swift type around a pointer.
    case handle(String)
    /// A pointer to records of this type.
    case records(String)
    /// A record of bytes of this type, by value or by address.
    case bytes(String, byAddress: Bool)
    /// A versioned structure of this type.
    case structure(String)
    /// Records of this type, made of the signals to wait for: a member and the property that it is
    /// set from.
    case waits(String, members: [CollectiveMember])
  }

  package var label: String
  package var role: CollectiveRole
  package var form: Form
}

package enum CollectiveResultPlan: Hashable, Sendable {
  case none
  case integer
  case wrappedInteger
  case pointer
  case handle
  case lateHandle
  case bytes
  case text
  case structure
}
