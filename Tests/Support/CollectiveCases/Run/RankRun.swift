package import CollectiveInterface
internal import Collectives
package import Rendezvous

/// What a trial came to, by rank.
package struct TrialReport: Sendable {
  package let name: String
  /// By rank; of a fatal one this rank's alone.
  package let outcomes: [Int: Outcome]
  package let duration: Duration

  package var isFailure: Bool { outcomes.values.contains(where: \.isFailure) }
}

/// One rank's run through the cases.
package struct RankRun {
  let library: any CollectiveLibrary
  let meeting: Rendezvous
  let settings: Settings
  let device: Int

  /// - Parameter device: This rank's among the devices of the machine.
  package init(
    _ library: any CollectiveLibrary, _ meeting: Rendezvous, _ settings: Settings, device: Int
  ) {
    self.library = library
    self.meeting = meeting
    self.settings = settings
    self.device = device
  }

  /// Runs cases, each with all ranks together.
  ///
  /// - Parameter report: Called after each.
  /// - Returns: Whether all ranks passed all of them.
  /// - Throws: If there is no device, or the ranks lose each other: nothing is known of them then.
  package func run(_ cases: [Case], report: (TrialReport) -> Void) throws -> Bool {
    let accelerator = try Accelerator.automatic(library, device: device)
    var isGood = true
    for (number, trial) in trials(cases).enumerated() {
      let result = try run(trial, number, accelerator)
      isGood = isGood && !result.isFailure
      report(result)
    }
    return isGood
  }

  private func trials(_ cases: [Case]) -> [Trial] {
    let mayNotBlock =
      library.isAvailable(.commInitRankConfig) && library.isAvailable(.commGetAsyncError)
    return cases.map { Trial(case: $0, isBlocking: true) }
      + (mayNotBlock ? cases.filter(\.hasNonBlocking) : []).map {
        Trial(case: $0, isBlocking: false)
      }
  }

  private func run(
    _ trial: Trial, _ number: Int, _ accelerator: Accelerator
  ) throws -> TrialReport {
    let member = Member(
      library, accelerator, Meeting(meeting, trial: number), settings, isBlocking: trial.isBlocking)
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = outcome(of: trial, member)
    let duration = clock.now - start
    guard trial.case.kind != .fatal || outcome.isSkip else {
      return TrialReport(name: trial.name, outcomes: [meeting.rank: outcome], duration: duration)
    }
    let all = try meeting.allGather(outcome.bytes).map(Outcome.init(bytes:))
    return TrialReport(
      name: trial.name,
      outcomes: Dictionary(uniqueKeysWithValues: all.enumerated().map { ($0, $1) }),
      duration: duration)
  }

  private func outcome(of trial: Trial, _ member: Member) -> Outcome {
    if trial.case.kind != .ordinary, !member.isHost {
      return .skipped("what a device's library makes of it is not defined")
    }
    do {
      try trial.case.body(member)
    } catch let skip as Skip {
      return .skipped(skip.reason)
    } catch {
      member.findings.fail("\(error)")
    }
    member.meeting.leave()
    return member.findings.outcome
  }
}

extension Outcome {
  fileprivate var isSkip: Bool { if case .skipped = self { true } else { false } }
}
