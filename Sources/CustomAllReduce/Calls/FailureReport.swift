internal import CUDARuntime
internal import Synchronization

/// What a kernel writes into the host's memory, and the host's word to it: `Report` in Layout.cu.
///
/// Any thread may ask it at any time. Nothing here takes a lock: a launch may be waiting in the
/// driver, for kernels that only an abort ends.
struct FailureReport: Sendable {
  enum Field: Int, CaseIterable { case abort, code, origin, turn, detail, otherDetail }

  static let wordCount = Field.allCases.count

  private let memory: PinnedBuffer<UInt32>

  init(_ context: Context) throws(CUDAError) {
    memory = try PinnedBuffer(context, count: Self.wordCount)
    // The device reads and writes them while the host does so too.
    UnsafeMutableRawPointer(memory.pointer)
      .bindMemory(to: Atomic<UInt32>.self, capacity: Self.wordCount)
  }

  /// The same for the device.
  var address: UInt64 { UInt64(UInt(bitPattern: memory.pointer)) }

  /// What a kernel has reported; nil: nothing yet.
  func failure() -> Failure? {
    // The code was written last.
    guard words[Field.code.rawValue].load(ordering: .acquiring) != 0 else { return nil }
    return Self.failure((0..<Self.wordCount).map { words[$0].load(ordering: .relaxed) })
  }

  /// Has all kernels of this rank, and then those of the others, end their waiting.
  func abort() { words[Field.abort.rawValue].store(1, ordering: .relaxed) }

  private var words: UnsafePointer<Atomic<UInt32>> {
    UnsafeRawPointer(memory.pointer).assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  /// What these words say.
  static func failure(_ words: [UInt32]) -> Failure? {
    func word(_ field: Field) -> UInt32 { words[field.rawValue] }
    let cause: Failure.Cause
    switch word(.code) {
    case 0: return nil
    case 1: cause = .timedOut(missing: ranks(word(.detail)))
    case 2: cause = .aborted
    case 3:
      cause = .differentCalls(
        CallDescription(word: word(.detail)), CallDescription(word: word(.otherDetail)))
    case 4: cause = .unreachable(ranks(word(.detail)))
    case 5: cause = .unregistered
    case let code: cause = .unknown(code: code)
    }
    return Failure(cause: cause, origin: Int(word(.origin)), turn: word(.turn))
  }

  private static func ranks(_ set: UInt32) -> [Int] { (0..<32).filter { set >> $0 & 1 == 1 } }
}
