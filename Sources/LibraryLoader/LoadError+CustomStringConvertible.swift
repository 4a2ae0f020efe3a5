extension LoadError: CustomStringConvertible {
  /// What was tried, what came of it, and what to do, on several lines.
  public var description: String {
    switch self {
    case .notFound(let failure): failure.lines.joined(separator: "\n")
    case .probeFailed(let failure): failure.lines.joined(separator: "\n")
    case .wrongLibrary(let failure): failure.lines.joined(separator: "\n")
    case .versionCallFailed(let failure):
      "\(failure.vendor): \(failure.candidate) was opened, but its \(failure.function) failed "
        + "with status \(failure.status)"
    case .ambiguousFlavour(let failure): failure.lines.joined(separator: "\n")
    case .unknownFlavour(let failure):
      failure.known.isEmpty
        ? "\(failure.vendor): there is no flavour \"\(failure.flavour)\"; "
          + "\(failure.vendor) has no flavours: leave it out"
        : "\(failure.vendor): there is no flavour \"\(failure.flavour)\"; "
          + "use one of: \(failure.known.joined(separator: ", "))"
    }
  }
}

extension LoadError.NotFound {
  fileprivate var lines: [String] {
    let named = attempts.first.flatMap { passedOver.isEmpty && !$0.isNamed ? nil : $0.candidate }
    var lines = [
      named.map { "\(vendor): cannot load \($0)" } ?? "\(vendor): no library found"
    ]
    for attempt in attempts {
      let place = named == nil ? "\(attempt.candidate): " : ""
      lines.append("  \(place)\(attempt.message)")
      if let hint = attempt.hint { lines.append("    \(hint)") }
    }
    if let named, !passedOver.isEmpty {
      lines.append("  Not tried, because of the \(named.source.noun):")
      lines += passedOver.map { "    \($0)" }
    }
    for name in emptyVariables {
      lines.append("  \(name) is set, but empty, so it does not count.")
    }
    lines.append("  To fix: \(fix(named))")
    return lines
  }

  private func fix(_ named: Candidate?) -> String {
    switch named?.source {
    case .explicitPath:
      return "give the path of the library file, or none, to have it searched for."
    case .environmentVariable(let name):
      return "set \(name) to the path of the library file, or unset it, to have it searched for."
    case .soname, nil:
      let variables = environmentVariables.joined(separator: " or ")
      return (variables.isEmpty ? "give" : "set \(variables) to, or give,")
        + " the path of the library file, or add its directory to LD_LIBRARY_PATH."
    }
  }
}

extension LoadError.Attempt {
  fileprivate var isNamed: Bool {
    if case .soname = candidate.source { false } else { true }
  }
}

extension Candidate.Source {
  fileprivate var noun: String {
    switch self {
    case .environmentVariable(let name): "value of \(name)"
    case .explicitPath, .soname: description
    }
  }
}

extension LoadError.ProbeFailure {
  fileprivate var lines: [String] {
    if case .notStarted(let reason) = ending {
      return ["\(vendor): no child process to try \(candidate) in: \(reason)"]
    }
    if activity == .starting {
      return ["\(vendor): the child process made to try \(candidate) \(what), before it came to it"]
    }
    return [
      "\(vendor): \(candidate) \(what)",
      "  That was in a child process; it was not loaded into this one.",
    ]
  }

  private var what: String {
    let place =
      switch activity {
      case .starting: ""
      case .loading: " while it was loaded"
      case .calling(let function): " in its \(function)"
      }
    return switch ending {
    case .crashed(let signal): "crashed\(place): \(signalName(signal))"
    case .exited(let code): "ended the process\(place), with exit code \(code)"
    case .timedOut(let duration): "did not return\(place) within \(duration)"
    case .unknown, .notStarted: "ended the process\(place), in a way that could not be seen"
    }
  }

  private func signalName(_ number: Int) -> String {
    let names = [
      3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
      9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU",
      25: "SIGXFSZ", 31: "SIGSYS",
    ]
    return names[number].map { "\($0) (signal \(number))" } ?? "signal \(number)"
  }
}

extension LoadError.WrongLibrary {
  fileprivate var lines: [String] {
    var lines = [
      "\(vendor): \(candidate) is not a \(vendor) library: "
        + "it exports none of its \(functionCount) functions",
      "  opened: \(path)",
    ]
    if let dependencyWithFunctions {
      lines.append(
        "  A library that it depends on does export them; name that one: "
          + dependencyWithFunctions)
    }
    return lines
  }
}

extension LoadError.AmbiguousFlavour {
  fileprivate var lines: [String] {
    [
      "\(vendor): \(candidate) may be any of these builds, which are called in different ways:",
      "  opened: \(path)",
    ] + choices.map { "  \($0.flavour) (\($0.summary)): \($0.evidence)" } + [
      "  To fix: set LoadOptions.flavour to "
        + choices.map { "\"\($0.flavour)\"" }.joined(separator: " or ") + "."
    ]
  }
}
