// Loads the vendor's two libraries and has one rank reduce: `accl-demo FOLDER`, with the folder of
// libaccl.so and libaccrt.so. Ends with 1 where anything is not as it should be.

import ACCLBindings
import ACCRTBindings
import Glibc
import LibraryLoader

struct Wrong: Error { var what: String }

func expect(_ condition: Bool, _ what: String) throws {
  if !condition { throw Wrong(what: what) }
}

func run(_ folder: String) throws {
  let accl = try ACCLLibrary.load(path: "\(folder)/libaccl.so")
  let accrt = try ACCRTLibrary.load(path: "\(folder)/libaccrt.so")
  print("ACCL \(try accl.getVersion()), ACCRT \(try accrt.version())")

  let count = 1000
  let size = count * MemoryLayout<Float>.stride
  guard let memory = try accrt.allocate(size: size) else { throw Wrong(what: "no memory") }
  let values = UnsafeMutableBufferPointer(
    start: memory.bindMemory(to: Float.self, capacity: count), count: count)
  for index in values.indices { values[index] = Float(index) }
  let queue = try accrt.queueCreate()

  var id = try accl.makeID()
  try expect(id.bytes.count == 256 && id.bytes[1] == 254, "the id is not what the library wrote")
  let context = try accl.initRank(rank: 0, nRanks: 1, id: &id)
  try accl.allReduce(values, context: context, queue: ACCLQueue(rawValue: queue.rawValue))
  try expect(try accl.countElements(context: context) == 1000, "the library counts differently")
  try expect(values[999] == 999, "the sum of one rank is not what it gave")
  print("one rank gave \(try accl.countElements(context: context)) elements")

  do {
    _ = try accl.initRank(rank: 2, nRanks: 2, id: &id)
    throw Wrong(what: "a rank that does not exist was let in")
  } catch let error as CollectiveError {
    print(error)
  }
  try accl.finish(context: context)
  try accrt.queueDestroy(queue: queue)
  try accrt.free(memory: memory)
}

do {
  guard CommandLine.arguments.count == 2 else { throw Wrong(what: "usage: accl-demo FOLDER") }
  try run(CommandLine.arguments[1])
} catch {
  print(error)
  exit(1)
}
