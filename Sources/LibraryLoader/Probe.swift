internal import CLibraryLoader
internal import Glibc

/// Opens a library in a child process first, and asks it for its version there.
struct Probe {
  enum Outcome {
    case opened
    /// dlerror's words, from the child.
    case notOpened(String)
  }

  let description: LibraryDescription
  let timeout: Duration

  func run(_ candidate: Candidate) throws(LoadError) -> Outcome {
    let call = description.version.call
    let result = start(candidate.path, call)
    guard result.ending == .answered else {
      throw .probeFailed(failure(of: candidate, result))
    }
    guard result.answer.isLoaded != 0 else {
      return .notOpened(
        withUnsafePointer(to: result.answer) { String(cString: CLibraryLoader_message($0)) })
    }
    // Without the function the library may still be the vendor's; that is not decided here.
    if let call, result.answer.hasFunction != 0, result.answer.status != 0 {
      throw .versionCallFailed(
        LoadError.VersionCallFailure(
          vendor: description.vendor, candidate: candidate, function: call.function.text,
          status: Int(result.answer.status)))
    }
    return .opened
  }

  private func start(
    _ path: String, _ call: (function: StaticString, valueCount: Int)?
  ) -> CLibraryLoader_ProbeResult {
    var result = CLibraryLoader_ProbeResult()
    let count = Int32(call?.valueCount ?? 0)
    if let name = call?.function.text {
      CLibraryLoader_probe(path, name, count, milliseconds, &result)
    } else {
      CLibraryLoader_probe(path, nil, count, milliseconds, &result)
    }
    return result
  }

  /// The timeout, at least 1 ms and at most a day.
  private var milliseconds: Int64 {
    let (seconds, attoseconds) = timeout.components
    let whole = min(max(seconds, 0), 86_400) * 1000
    return max(whole + (seconds < 0 ? 0 : attoseconds / 1_000_000_000_000_000), 1)
  }

  private func failure(
    of candidate: Candidate, _ result: CLibraryLoader_ProbeResult
  ) -> LoadError.ProbeFailure {
    let ending: LoadError.ProbeFailure.Ending
    switch result.ending {
    case .exited: ending = .exited(code: Int(result.detail))
    case .signalled: ending = .crashed(signal: Int(result.detail))
    case .timedOut: ending = .timedOut(timeout)
    case .notStarted: ending = .notStarted(String(cString: strerror(result.detail)))
    case .answered, .lost: ending = .unknown
    }
    return LoadError.ProbeFailure(
      vendor: description.vendor, candidate: candidate, ending: ending,
      activity: activity(result.answer))
  }

  private func activity(_ answer: CLibraryLoader_Answer) -> LoadError.ProbeFailure.Activity {
    guard answer.isReady != 0 else { return .starting }
    guard answer.isLoaded != 0, let call = description.version.call else { return .loading }
    return .calling(call.function.text)
  }
}
