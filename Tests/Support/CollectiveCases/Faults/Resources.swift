internal import Collectives
internal import Glibc

/// What a process holds of what the system has.
struct Resources {
  private let descriptors: [String]
  private let sharedFiles: [String]
  private let threads: Int

  /// Now.
  ///
  /// - Parameter ids: Of the communicators whose shared memory counts; other programs' comes and goes.
  init(ids: [UniqueID]) {
    descriptors = entries("/proc/self/fd").compactMap { link("/proc/self/fd/\($0)") }.sorted()
    sharedFiles = ids.map(sharedFile).filter { access($0, F_OK) == 0 }
    threads = entries("/proc/self/task").count { !isOfQueues($0) }
  }

  /// What there is more of than there was.
  func excess(over before: Resources) -> String? {
    var words: [String] = []
    let more = descriptors.count - before.descriptors.count
    if more > 0 {
      words.append(
        "\(more) descriptors: \(descriptors.filter { !before.descriptors.contains($0) })")
    }
    if !sharedFiles.isEmpty { words.append("shared memory \(sharedFiles)") }
    if threads > before.threads { words.append("\(threads - before.threads) threads") }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}

/// The tasks' threads, and the timers', are made when they are first needed, and stay: so that they do
/// not count, all of them are needed here.
func startTaskThreads() throws {
  let count = 4 * max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
  let work: @Sendable () async -> Void = {
    usleep(5000)
    try? await Task.sleep(for: .milliseconds(1))
  }
  // Those of a main thread have another priority, and so threads of their own.
  let tasks = (0..<count).map {
    $0 % 2 == 0 ? Task(operation: work) : Task.detached(operation: work)
  }
  try blocking { for task in tasks { await task.value } }
}

/// Whether a thread is one of those that Dispatch has for queues of their own, as watches have: they go
/// when they were idle for five seconds.
private func isOfQueues(_ thread: String) -> Bool {
  let file = open("/proc/self/task/\(thread)/comm", O_RDONLY)
  guard file >= 0 else { return false }
  defer { close(file) }
  return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { buffer in
    let count = read(file, buffer.baseAddress, buffer.count)
    return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self).hasSuffix(".overcommit\n")
  }
}

/// The file of a communicator of the CPU engine, which it names after some of the ID's bytes.
private func sharedFile(_ id: UniqueID) -> String {
  let digits = id.bytes[8..<24].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
  return "/dev/shm/bindgen-coll-" + digits.joined()
}

private func entries(_ path: String) -> [String] {
  guard let directory = opendir(path) else { return [] }
  defer { closedir(directory) }
  let own = "\(dirfd(directory))"
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != "..", path != "/proc/self/fd" || name != own { names.append(name) }
  }
  return names
}

private func link(_ path: String) -> String? {
  withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
    guard let base = buffer.baseAddress else { return nil }
    let count = readlink(path, base, buffer.count)
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
