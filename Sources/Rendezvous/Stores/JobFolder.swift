/// The files of a job in a file store's directory.
///
/// | file | what it is |
/// |---|---|
/// | `lock` | locked while a rank joins or leaves |
/// | `ranks` | the first rank that came, and how many it counts |
/// | `member-3` | rank 3, locked as long as it lives |
/// | `failure` | what ended the job for everybody |
/// | `value-…` | the value of a key |
/// | `new-…` | a file that is being written, before it gets its name |
struct JobFolder: Sendable {
  enum Name {
    case lock, ranks, failure
    case member(Int)
    case value(String)
    case temporary(String)

    var file: String {
      switch self {
      case .lock: "lock"
      case .ranks: "ranks"
      case .failure: "failure"
      case .member(let rank): "member-\(rank)"
      case .value(let key): "value-\(fileName(key))"
      case .temporary(let name): "new-\(name)"
      }
    }
  }

  private let directory: String
  private let path: String

  init(directory: String, job: String) {
    self.directory = directory
    path = "\(directory)/job-\(fileName(job))"
  }

  private func path(_ name: Name) -> String { "\(path)/\(name.file)" }

  /// Runs a call; its failure becomes an error with the path.
  private func access<Result>(
    _ path: String, _ body: () throws(FileFailure) -> Result
  ) throws(RendezvousError) -> Result {
    do throws(FileFailure) { return try body() } catch {
      throw RendezvousError(
        .unavailable,
        "the file store cannot use \"\(path)\": \(error.text); "
          + "every rank needs a directory that it can write to, on a file system that has locks")
    }
  }
}

// Values and other contents.
extension JobFolder {
  func write(
    _ bytes: [UInt8], to name: Name, temporary: String
  ) throws(RendezvousError) {
    let new = path(.temporary(temporary))
    try access(new) { () throws(FileFailure) in
      do throws(FileFailure) {
        try Files.write(bytes, to: try Files.open(new, create: true))
        try Files.move(new, to: path(name))
      } catch {
        try? Files.remove(new)
        throw error
      }
    }
  }

  /// nil: it is not there.
  func read(_ name: Name) throws(RendezvousError) -> [UInt8]? {
    let path = path(name)
    return try access(path) { () throws(FileFailure) in
      do throws(FileFailure) { return try Files.read(path) } catch {
        if error.isMissing { return nil }
        throw error
      }
    }
  }

  func has(_ name: Name) -> Bool { Files.exists(path(name)) }

  func remove(_ name: Name) throws(RendezvousError) {
    let path = path(name)
    try access(path) { () throws(FileFailure) in
      do throws(FileFailure) { try Files.remove(path) } catch {
        if !error.isMissing { throw error }
      }
    }
  }

  func failure() throws(RendezvousError) -> RendezvousError? {
    guard let bytes = try read(.failure) else { return nil }
    var reader = ByteReader(bytes)
    return try? RendezvousError(from: &reader)
  }

  /// Of several that fail at once the last one counts.
  func fail(_ error: RendezvousError, by rank: Int) throws(RendezvousError) {
    try write(error.encoded, to: .failure, temporary: "failure-\(rank)")
  }
}

// Coming and going: one rank at a time.
extension JobFolder {
  /// - Returns: The file that is locked as long as the rank is here.
  func join(_ member: Member, _ deadline: Deadline) throws(RendezvousError) -> Descriptor {
    try alone(deadline) { () throws(RendezvousError) in
      let members = try members()
      if members.allSatisfy({ !$0.isAlive }) {
        try clear()
        try write(encoded(member), to: .ranks, temporary: "ranks")
      } else {
        if let failure = try failure() { throw failure }
        try check(member, against: members)
      }
      return try enter(member)
    }
  }

  private func check(
    _ member: Member, against members: [(member: Member, isAlive: Bool)]
  ) throws(RendezvousError) {
    if let first = try read(.ranks).flatMap(decoded), first.nRanks != member.nRanks {
      let error = RendezvousError.disagreement(member, first: first)
      try fail(error, by: member.rank)
      throw error
    }
    guard let same = members.first(where: { $0.member.rank == member.rank }) else { return }
    guard same.isAlive else { throw .cannotReturn(member, same.member) }
    let error = RendezvousError.cameTwice(member.rank, same.member.place, member.place)
    try fail(error, by: member.rank)
    throw error
  }

  private func enter(_ member: Member) throws(RendezvousError) -> Descriptor {
    let new = path(.temporary("member"))
    return try access(new) { () throws(FileFailure) in
      let file = try Files.open(new, create: true)
      // Before it has its name: a member's file without a lock would be one that has ended.
      _ = try Files.lock(file, exclusively: true)
      try Files.write(encoded(member), to: file)
      try Files.move(new, to: path(.member(member.rank)))
      return file
    }
  }

  func leave(_ member: Member, _ deadline: Deadline) throws(RendezvousError) {
    try alone(deadline) { () throws(RendezvousError) in
      try remove(.member(member.rank))
      guard try members().allSatisfy({ !$0.isAlive }) else { return }
      try clear()
      // Those who wait for the lock notice that its file has gone, and make another.
      try remove(.lock)
      try access(path) { () throws(FileFailure) in try Files.removeDirectory(path) }
    }
  }

  /// Takes away everything but the lock.
  private func clear() throws(RendezvousError) {
    try access(path) { () throws(FileFailure) in
      for name in try Files.names(in: path) where name != Name.lock.file {
        try Files.remove("\(path)/\(name)")
      }
    }
  }

  private func alone<Result>(
    _ deadline: Deadline, _ body: () throws(RendezvousError) -> Result
  ) throws(RendezvousError) -> Result {
    while true {
      if let lock = try lock() {
        // Kept until here: dropping it unlocks.
        defer { withExtendedLifetime(lock) {} }
        return try body()
      }
      guard !deadline.isOver else {
        throw RendezvousError(
          .unavailable,
          "the file store's \"\(path(.lock))\" was locked by another process for "
            + deadline.timeout.inWords)
      }
      sleep(for: .milliseconds(1))
    }
  }

  /// nil: another has it right now.
  private func lock() throws(RendezvousError) -> Descriptor? {
    for folder in [directory, path] {
      try access(folder) { () throws(FileFailure) in
        do throws(FileFailure) { try Files.makeDirectory(folder) } catch {
          if !error.isExisting, !(Files.exists(folder)) { throw error }
        }
      }
    }
    let path = path(.lock)
    return try access(path) { () throws(FileFailure) in
      do throws(FileFailure) {
        let file = try Files.open(path, create: true)
        guard try Files.lock(file, exclusively: true) else { return nil }
        return Files.isRemoved(file) ? nil : file
      } catch {
        // The last rank has just removed the directory.
        if error.isMissing { return nil }
        throw error
      }
    }
  }
}

// Who is there.
extension JobFolder {
  /// The members who ended without leaving, but for one's own file: some file systems let go of a
  /// process's lock when it looks at it.
  func lostMembers(besides rank: Int) throws(RendezvousError) -> [Member] {
    try members(besides: rank).filter { !$0.isAlive }.map(\.member)
  }

  private func members(
    besides rank: Int? = nil
  ) throws(RendezvousError) -> [(member: Member, isAlive: Bool)] {
    try access(path) { () throws(FileFailure) in
      var members: [(member: Member, isAlive: Bool)] = []
      for name in try Files.names(in: path) {
        guard let number = name.removing(prefix: "member-").flatMap({ decimal($0) }),
          number != rank, let found = try inspect(number)
        else { continue }
        members.append(found)
      }
      return members.sorted { $0.member.rank < $1.member.rank }
    }
  }

  /// nil: it has left in the meantime.
  private func inspect(_ rank: Int) throws(FileFailure) -> (member: Member, isAlive: Bool)? {
    do throws(FileFailure) {
      let path = path(.member(rank))
      let file = try Files.open(path)
      let isAlive = try !Files.lock(file, exclusively: false)
      guard !Files.isRemoved(file) else { return nil }
      let member = decoded(try Files.read(path))
      return (member ?? Member(rank: rank, nRanks: 0, place: "unknown process"), isAlive)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  private func encoded(_ member: Member) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(member.rank))
    writer.append(UInt32(member.nRanks))
    writer.append(member.place)
    return writer.bytes
  }

  private func decoded(_ bytes: [UInt8]) -> Member? {
    var reader = ByteReader(bytes)
    guard let rank = try? reader.number(), let nRanks = try? reader.number(),
      let place = try? reader.text()
    else { return nil }
    return Member(rank: Int(rank), nRanks: Int(nRanks), place: place)
  }
}

/// A name that any file system takes, different for different texts: letters are kept if they are
/// small, as some file systems do not tell them from capitals.
private func fileName(_ text: String) -> String {
  text.utf8.reduce(into: "") { name, byte in
    switch byte {
    case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: name.unicodeScalars.append(Unicode.Scalar(byte))
    default: name += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
    }
  }
}
