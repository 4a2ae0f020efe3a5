internal import CUDARuntime

/// Captures of which the buffers are registered. `CustomAllReduce.capture` goes through the steps.
extension Engine {
  /// Whether a call that this thread makes now in a captured stream has its buffers registered
  /// before it runs.
  var isCapturing: Bool { captured.isRecording }

  func beginCapture() throws(CUDAError) { try captured.begin(context) }

  func cancelCapture() { captured.cancel() }

  func keepCapture() { captured.keep() }

  /// Where the kernel of a call will find the buffers of all ranks.
  func slot(for message: Message) throws(CUDAError) -> UInt64 {
    let call = CapturedBuffers.Call(
      input: UInt64(UInt(bitPattern: message.input)),
      output: UInt64(UInt(bitPattern: message.output)), byteCount: message.byteCount)
    guard let slot = captured.slot(for: call) else {
      throw .invalidArgument(
        "no more than \(CapturedBuffers.slotCount) captured calls have their buffers registered")
    }
    return UInt64(UInt(bitPattern: slot))
  }

  /// Ends the recording, and tells where the buffers of its calls are, for the other ranks.
  func endRecording() throws(CUDAError) -> [UInt8] {
    try CaptureOffer(captured.finishRecording(), in: context).encoded()
  }

  /// By rank, whether it is in another process.
  var isElsewhere: [Bool] { processes.map { $0 != ProcessIdentity.current } }

  /// Opens the other ranks' buffers, so that the captured calls find them.
  ///
  /// - Parameters:
  ///   - offers: By rank.
  ///   - descriptors: By rank, what it has given descriptors of.
  func register(
    _ offers: [CaptureOffer], _ descriptors: [[MappedPiece: PhysicalMemory]]
  ) throws(CustomAllReduceError) {
    let sizes = captured.calls.map(\.byteCount)
    for (rank, offer) in offers.enumerated() {
      try offer.check(rank, hasCallsOf: sizes)
    }
    try onDevice { () throws(CUDAError) in
      // By call, then input and output, then rank.
      var addresses = Array(repeating: [[UInt64]](repeating: [], count: 2), count: sizes.count)
      for (rank, offer) in offers.enumerated() {
        let memory = try opened(offer, of: rank, descriptors[rank])
        for (number, call) in offer.calls.enumerated() {
          for (place, buffer) in [call.input, call.output].enumerated() {
            addresses[number][place].append(memory[buffer.memory].address(of: buffer))
          }
        }
      }
      try captured.fill(addresses)
    }
  }

  /// All memory of an offer; this rank's own needs no opening.
  private func opened(
    _ offer: CaptureOffer, of rank: Int, _ descriptors: [MappedPiece: PhysicalMemory]
  ) throws(CUDAError) -> [OpenedMemory] {
    let peer = Peer(rank: rank, isSameProcess: !isElsewhere[rank])
    return try offer.memory.map { (memory) throws(CUDAError) in
      rank == self.rank ? .here : try captured.open(memory, of: peer, descriptors, in: context)
    }
  }
}
