import BindingPlan
import CollectiveInterface
import Testing

/// The compiler's table of operations and the run time's lists of them are one.
@Suite struct CollectiveTableTests {
  @Test("Both have the same operations")
  func operations() {
    let table = CollectiveTable.enqueued + CollectiveTable.called
    #expect(table.count == Set(table).count)
    #expect(Set(table) == Set(CollectiveOperation.allCases.map(\.rawValue)))
    #expect(CollectiveTable.hosted.isSubset(of: table))
  }

  /// A role may be a property's property, as the number of signals to wait for.
  @Test("Every role is a property of the arguments, and every property a role")
  func roles() {
    func properties(_ arguments: Any) -> Set<String> {
      Set(Mirror(reflecting: arguments).children.compactMap(\.label))
    }
    func names(_ roles: Set<String>) -> Set<String> {
      Set(roles.compactMap { $0.split(separator: ".").first.map(String.init) })
    }
    let roles = CollectiveTable.roleNames
    #expect(names(roles.enqueued) == properties(CollectiveArguments()))
    #expect(names(roles.called) == properties(CommunicatorArguments()))
  }

  @Test("Every kind of numbers that an argument has is known to the run time")
  func codes() {
    let known = Set(CollectiveCode.allCases.map(\.rawValue))
    #expect(CollectiveTable.codes.union(["status"]) == known)
  }
}
