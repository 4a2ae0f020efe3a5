internal import Collectives

/// The two buffers of a rank, as large as its largest case needs.
struct Workspace {
  let send: Region
  let receive: Region

  init(
    byteCount: Int, _ communicator: Communicator, _ registration: Settings.Registration
  ) throws {
    send = try Self.region(max(byteCount, 16), communicator, registration)
    receive = try Self.region(max(byteCount, 16), communicator, registration)
    try send.clear()
    try receive.clear()
  }

  private static func region(
    _ byteCount: Int, _ communicator: Communicator, _ registration: Settings.Registration
  ) throws -> Region {
    let accelerator = communicator.accelerator
    if registration == .none {
      let buffer = try accelerator.makeBuffer(of: UInt8.self, count: byteCount)
      return try Region(buffer, on: accelerator)
    }
    let buffer = try LibraryBuffer<UInt8>(
      communicator.library, on: accelerator, count: byteCount)
    return try Region(
      buffer, on: accelerator,
      keeping: [
        registration == .local
          ? try communicator.register(buffer) as Any : try communicator.registerWindow(buffer)
      ])
  }
}
