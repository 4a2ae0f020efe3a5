import CollectiveInterface
import LibraryLoader
import NCCLBindings

/// NCCL, but all-reduces leave the last element out, on every rank.
final class Saboteur: CollectiveLibrary {
  private let base: NCCLLibrary

  init(_ base: NCCLLibrary) { self.base = base }

  static var collectives: CollectiveDescription { NCCLLibrary.collectives }
  var library: LoadedLibrary { base.library }

  func slots(of operation: CollectiveOperation) -> Range<Int>? { base.slots(of: operation) }

  func enqueue(
    _ operation: CollectiveOperation, _ arguments: CollectiveArguments
  ) throws(CollectiveError) {
    var arguments = arguments
    if operation == .allReduce { arguments.count -= 1 }
    try base.enqueue(operation, arguments)
  }

  func call(
    _ operation: CollectiveOperation, _ arguments: CommunicatorArguments
  ) throws(CollectiveError) -> CollectiveValue {
    try base.call(operation, arguments)
  }
}
