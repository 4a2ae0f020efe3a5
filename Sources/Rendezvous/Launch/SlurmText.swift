/// Slurm's short forms of lists, and its reserved numbers.
enum SlurmText {
  /// Whether this is the batch script of a job, or salloc's shell: those have a rank's variables too, and
  /// how many tasks the job could have. Where they are steps, their numbers are reserved ones.
  static func isScript(_ variables: Variables) -> Bool {
    guard variables.has("SLURM_JOB_ID") else { return false }
    guard let step = variables["SLURM_STEP_ID"] else { return true }
    let (interactive, batch) = ("4294967290", "4294967291")
    return step == interactive || step == batch
  }

  /// The first host of "node[003-005,7],other".
  ///
  /// - Parameter name: The variable with the list.
  static func firstHost(_ name: String, _ variables: Variables) throws(RendezvousError) -> String {
    var host = ""
    var rest = (variables[name] ?? "")[...]
    while let character = rest.first, character != "," {
      rest = rest.dropFirst()
      guard character == "[" else {
        host.append(character)
        continue
      }
      guard let end = rest.firstIndex(of: "]"),
        let first = rest[..<end].split(whereSeparator: { $0 == "," || $0 == "-" }).first,
        decimal(first) != nil
      else { throw variables.malformed(name, "is no list of hosts such as node[003-005,7]") }
      host += first
      rest = rest[rest.index(after: end)...]
    }
    guard HostAndPort("\(host):1") != nil, !host.contains("]") else {
      throw variables.malformed(name, "is no list of hosts such as node[003-005,7]")
    }
    return host
  }

  /// How many tasks a node has: its entry in "2(x3),1"; nil where Slurm does not say.
  static func tasksOfNode(
    _ node: Int?, _ variables: Variables, nRanks: Int
  ) throws(RendezvousError) -> Int? {
    guard let name = variables.first("SLURM_STEP_TASKS_PER_NODE", "SLURM_TASKS_PER_NODE") else {
      // What was asked for, which a step with fewer tasks keeps.
      return try variables.number("SLURM_NTASKS_PER_NODE").map { min($0, nRanks) }
    }
    var counts: [(count: Int, nodes: Int)] = []
    for entry in (variables[name] ?? "").split(separator: ",", omittingEmptySubsequences: false) {
      let parts = entry.split(separator: "(x", maxSplits: 1, omittingEmptySubsequences: false)
      let nodes =
        parts.count == 1 ? 1 : parts[1].hasSuffix(")") ? decimal(parts[1].dropLast()) : nil
      guard let count = decimal(parts[0]), count > 0, let nodes, nodes > 0 else {
        throw variables.malformed(name, "is no list of tasks such as 2(x3),1")
      }
      counts.append((count, nodes))
    }
    var first = 0
    for (count, nodes) in counts {
      if let node, node - first < nodes { return min(count, nRanks) }
      first += nodes
    }
    return nil
  }
}
