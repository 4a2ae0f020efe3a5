// One rank in a process of its own, for the tests of Rendezvous.
//
// usage: rendezvous-rank MODE TIMEOUT-MILLISECONDS
//
// Which rank it is, and where the others are, it takes from the environment. Prints "ok", or
// "KIND: text" of the error that it came to.
//
//   exchange  all calls, many times, with the results checked
//   wait      a barrier, "ready", and a second barrier
//   die       a barrier, and it kills itself
//   sit       joins, prints "ready", and does nothing until it is killed
//   leaks     all stores on threads: no descriptor may be left (the environment does not count)

internal import Glibc
internal import Rendezvous

struct Wrong: Error { var what: String }

func expect(_ isRight: Bool, _ what: String) throws { if !isRight { throw Wrong(what: what) } }

func say(_ text: String) {
  print(text)
  fflush(nil)
}

func exchange(_ rendezvous: Rendezvous) throws {
  let (rank, nRanks) = (rendezvous.rank, rendezvous.nRanks)
  for round in 0..<20 {
    let all = try rendezvous.allGather([UInt8](repeating: UInt8(rank), count: rank + round))
    for (peer, bytes) in all.enumerated() {
      try expect(bytes == [UInt8](repeating: UInt8(peer), count: peer + round), "gathered \(all)")
    }
    let root = round % nRanks
    let word = try rendezvous.broadcast([UInt8(rank), 7], root: root)
    try expect(word == [UInt8(root), 7], "broadcast \(word)")
    try rendezvous.barrier()
  }
}

func descriptors() -> [String] {
  guard let directory = opendir("/proc/self/fd") else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    names.append(
      withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      })
  }
  return names.sorted()
}

func leaks() throws {
  var place = Array("/tmp/rendezvous-rank-XXXXXX".utf8CString)
  try expect(mkdtemp(&place) != nil, "no directory")
  let directory = String(decoding: place.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { rmdir(directory) }
  let before = descriptors()
  for closes in [true, false] {
    // Dropped stores leave their files behind, as ranks that were killed do; the next run clears them.
    let threads = try Rendezvous.threads(3)
    let files = try (0..<3).map { rank in
      Rendezvous(try FileStore(directory: directory, job: "leaks", rank: rank, nRanks: 3))
    }
    let server = try TCPStore(host: "::1", port: 0, job: "leaks", rank: 0, nRanks: 3)
    let sockets =
      [Rendezvous(server)]
      + (try (1..<3).map { rank in
        let store = try TCPStore(
          host: "::1", port: server.port, job: "leaks", rank: rank, nRanks: 3)
        return Rendezvous(store)
      })
    for group in [threads, files, sockets] {
      try group[0].store.set("key", [1])
      try expect(try group[2].store.get("key", timeout: .seconds(10)) == [1], "no value")
    }
    if closes {
      for group in [threads, files, sockets] { for rank in group.reversed() { try rank.close() } }
    }
  }
  let last = try FileStore(directory: directory, job: "leaks", rank: 0, nRanks: 1)
  try last.close()
  try expect(descriptors() == before, "\(descriptors()) are open; before there were \(before)")
  try expect(access(directory + "/job-leaks", F_OK) != 0, "the job's directory is still there")
}

func run(_ mode: String, _ timeout: Duration) throws {
  if mode == "leaks" { return try leaks() }
  let rendezvous = try LaunchEnvironment.current(alone: .refused).rendezvous(timeout: timeout)
  // After an error too: rank 0 of a TCP store stays until the others have heard of it.
  defer { try? rendezvous.close() }
  switch mode {
  case "exchange": try exchange(rendezvous)
  case "wait":
    try rendezvous.barrier()
    say("ready")
    try rendezvous.barrier()
  case "die":
    try rendezvous.barrier()
    kill(getpid(), SIGKILL)
  case "sit":
    say("ready")
    while true { pause() }
  default: throw Wrong(what: "no such mode")
  }
  try rendezvous.close()
}

let arguments = CommandLine.arguments
do {
  try run(arguments[1], .milliseconds(Int(arguments[2]) ?? 30_000))
  say("ok")
} catch let error as RendezvousError {
  say("\(error.kind): \(error)")
} catch {
  say("wrong: \(error)")
}
