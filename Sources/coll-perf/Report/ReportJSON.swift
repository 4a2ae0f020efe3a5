internal import Collectives

extension Report {
  /// The document that Benchmarks/CollPerf/README.md describes. Its keys stay as they are.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("schema", "coll-perf-1"), ("program", "coll-perf"), ("label", .text(subject.label)),
      ("command", .array(subject.command.map { .text($0) })), ("date", .text(subject.date)),
      ("host", JSONValue(subject.devices.first?.host)),
      (
        "library",
        [
          "vendor": .text(subject.vendor), "release": JSONValue(subject.release),
          "path": .text(subject.libraryPath), "flavour": JSONValue(subject.flavour),
          "is_stand_in": .bool(subject.isStandIn),
        ]
      ), ("n_ranks", .integer(subject.devices.count)),
      ("devices", .array(subject.devices.map(\.json))), ("settings", settings.json),
      ("measurements", .array(rows.map(\.json))),
      ("average_busbw_gb_s", JSONValue(averageBusBandwidth)), ("wrong", JSONValue(wrong)),
    ]
    if let overhead { members.append(("overhead", overhead.json)) }
    return .object(members.map { JSONValue.Member(key: $0.0, value: $0.1) })
  }
}

extension Settings {
  fileprivate var json: JSONValue {
    [
      "mode": .text(mode), "graph_operations": JSONValue(graphOperations),
      "iterations": .integer(iterations), "warm_ups": .integer(warmUps), "rounds": .integer(rounds),
      "is_blocking": .bool(isBlocking), "stream": .text(stream.rawValue),
      "registration": .text(registration.rawValue),
    ]
  }
}

extension Row {
  fileprivate var json: JSONValue {
    [
      "operation": .text(test.operation.rawValue), "size_bytes": .integer(byteCount),
      "count": .integer(count), "data_type": .text(test.dataType.name),
      "reduction": JSONValue(test.reduction?.description), "root": JSONValue(test.root),
      "out_of_place": json(outOfPlace), "in_place": inPlace.map { json($0) } ?? .null,
    ]
  }

  private func json(_ timing: Timing) -> JSONValue {
    [
      "time_us": JSONValue(timing.time), "time_min_us": JSONValue(timing.least),
      "time_max_us": JSONValue(timing.most), "algbw_gb_s": JSONValue(algorithmBandwidth(timing)),
      "busbw_gb_s": JSONValue(busBandwidth(timing)), "wrong": JSONValue(timing.wrong),
    ]
  }
}

extension Overhead {
  fileprivate var json: JSONValue {
    [
      "operation": "allReduce", "count": .integer(count), "data_type": "float32",
      "samples": .integer(samples), "communicator_ns": JSONValue(communicator),
      "direct_ns": JSONValue(direct), "ratio": JSONValue(ratio),
    ]
  }
}
