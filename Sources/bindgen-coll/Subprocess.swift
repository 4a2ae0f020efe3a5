import Glibc

/// Runs another program to its end.
enum Subprocess {
  struct Outcome {
    /// The exit status; 127 if the program could not be started, 128 and the signal's number if one
    /// ended it.
    var status: Int32
    var output: String
  }

  /// Collects what the program prints; its error output is dropped. A program that takes longer
  /// than `seconds` is killed, whether it prints, is silent, or has closed its output. Of more than
  /// `limit` bytes the last are kept.
  static func run(_ arguments: [String], seconds: Int = 60, limit: Int = .max) -> Outcome {
    var pipes: [Int32] = [-1, -1]
    guard pipe(&pipes) == 0 else { return Outcome(status: 127, output: "") }
    // The child must not keep the reading end open, or it would never see that nobody reads.
    for end in pipes { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(pipes[0]) }
    let process = spawn(arguments, output: pipes[1])
    close(pipes[1])
    guard let process else { return Outcome(status: 127, output: "") }
    let deadline = time(nil) + seconds
    let output = collect(pipes[0], until: deadline, limit: limit)
    guard let status = wait(for: process, until: deadline) else {
      return Outcome(status: 127, output: output)
    }
    let signal = status & 0x7F
    return Outcome(status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: output)
  }

  private static func spawn(_ arguments: [String], output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    var process: pid_t = 0
    guard posix_spawnp(&process, arguments[0], &actions, nil, pointers, environ) == 0 else {
      return nil
    }
    return process
  }

  /// Reads until nobody writes any more, or to the deadline.
  private static func collect(_ pipe: Int32, until deadline: time_t, limit: Int) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let left = deadline - time(nil)
      guard left > 0 else { break }
      var waiting = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(clamping: left * 1000))
      if ready == 0 { break }
      let count = ready < 0 ? -1 : read(pipe, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
      if bytes.count / 2 > limit { bytes.removeFirst(bytes.count - limit) }
    }
    return String(decoding: bytes.suffix(limit), as: UTF8.self)
  }

  /// The status that the program ends with; it is killed at the deadline.
  private static func wait(for process: pid_t, until deadline: time_t) -> Int32? {
    var status: Int32 = 0
    while true {
      let isLate = time(nil) >= deadline
      if isLate { kill(process, SIGKILL) }
      let ended = waitpid(process, &status, isLate ? 0 : WNOHANG)
      if ended == process { return status }
      if ended < 0, errno != EINTR { return nil }
      // It has closed its output, so it is about to end.
      if ended == 0 { usleep(1000) }
    }
  }
}
