package import BindingPlan
package import HeaderDiff
package import HeaderModel
import Rendering

/// What a module declares, or why it cannot be made.
typealias ModuleState = Result<[InterfaceDeclaration], PlanError>

/// A diff as a reviewer reads it: by symbol, the worst first, with the Swift that it becomes and
/// what the project has to say about it.
package struct Report: Sendable {
  /// The changes of one symbol.
  package struct Group: Sendable {
    package var kind: Change.Kind
    package var symbol: String
    package var changes: [Change]
    /// What the module from both headers declares for the symbol.
    package var swift: [String]
    /// For each change what waives it.
    package var waivers: [Waiver?]

    package var verdicts: Verdicts {
      changes.reduce(.compatible) { $0.joined($1.rule.verdicts) }
    }
    package var isWaived: Bool { waivers.allSatisfy { $0 != nil } }
    /// Only a comment changed.
    package var isDocumentation: Bool {
      changes.allSatisfy { $0.rule.id == "documentation-changed" }
    }
    /// The C declarations; the Swift ones where nothing else changed.
    package var old: String? { declarations.lazy.compactMap(\.old).first }
    package var new: String? { declarations.lazy.compactMap(\.new).first }

    private var declarations: [Change] {
      changes.filter { ($0.kind == .interface) == (kind == .interface) }
    }
  }

  package var displayName: String
  package var old: HeaderDiff.Side
  package var new: HeaderDiff.Side
  package var groups: [Group]
  /// Why the generated module could not be compared; `nil` where it was.
  package var interfaceProblem: String?

  /// What counts: all that is not waived.
  package var verdicts: Verdicts {
    groups.reduce(.compatible) { sum, group in
      zip(group.changes, group.waivers).reduce(sum) {
        $1.1 == nil ? $0.joined($1.0.rule.verdicts) : $0
      }
    }
  }
}

extension Report {
  /// Compares two headers of a vendor. Without a profile nothing is known of the vendor's
  /// conventions and of the module. `others` are more of the vendor's models: the module that users
  /// have is made of all releases up to theirs.
  package init(
    _ old: Header, _ new: Header, profile: VendorProfile?, others: [Header] = [],
    waivers: [Waiver] = []
  ) {
    guard let profile else {
      self.init(
        HeaderDiff(old, new), displayName: nil, interface: [], waivers: waivers,
        problem: "no profile was given")
      return
    }
    var before = others.filter { $0.release < old.release }
    var after = before + others.filter { $0.release < new.release }
    before.append(old)
    after += [old, new]
    self.init(
      HeaderDiff(old, new, conventions: VendorConventions(profile)), profile: profile,
      before: Result { () throws(PlanError) in try Self.interface(profile, before) },
      after: Result { () throws(PlanError) in try Self.interface(profile, after) },
      waivers: waivers)
  }

  /// The same with the module's declarations known, or why they are not.
  init(
    _ diff: HeaderDiff, profile: VendorProfile, before: ModuleState, after: ModuleState,
    waivers: [Waiver]
  ) {
    var diff = diff
    var declarations: [InterfaceDeclaration] = []
    var problem: String?
    do throws(PlanError) {
      let (old, new) = (try before.get(), try after.get())
      let macros = VendorConventions(profile).releaseMacros
      declarations = new
      // A module of several releases has no constant for the release.
      diff.add(
        CompareInterfaces.changes(
          old.filter { !macros.contains($0.symbol) }, new, additions: .expected))
    } catch {
      problem = error.diagnostics.map(\.message).joined(separator: "; ")
    }
    self.init(
      diff, displayName: profile.displayName, interface: declarations, waivers: waivers,
      problem: problem)
  }

  /// What the module made of these releases declares; of two models of one release the last counts.
  static func interface(
    _ profile: VendorProfile, _ headers: [Header]
  ) throws(PlanError) -> [InterfaceDeclaration] {
    // A profile with outputs of its own makes something else.
    guard profile.outputs.isEmpty else { return [] }
    var unique: [String: Header] = [:]
    for header in headers { unique[header.identifier] = header }
    return ModuleInterface.declarations(
      try Plan(profile: profile, headers: Array(unique.values), isComplete: false))
  }

  /// Compares two states of a vendor's module: its newest headers, and all that it declares.
  package init(
    _ before: Plan, _ old: [Header], _ after: Plan, _ new: [Header], waivers: [Waiver] = []
  ) {
    let empty = Header(vendor: after.profile.vendor, release: Release(0, 0, 0), target: "")
    var diff = HeaderDiff(
      old.last ?? empty, new.last ?? empty, conventions: VendorConventions(after.profile))
    let interface = ModuleInterface.declarations(after)
    diff.add(
      CompareInterfaces.changes(
        ModuleInterface.declarations(before), interface, additions: .reported))
    self.init(
      diff, displayName: after.profile.displayName, interface: interface, waivers: waivers)
  }

  private init(
    _ diff: HeaderDiff, displayName: String?, interface: [InterfaceDeclaration],
    waivers: [Waiver], problem: String? = nil
  ) {
    interfaceProblem = problem
    self.displayName = displayName ?? diff.new.vendor
    old = diff.old
    new = diff.new
    let declarations = Dictionary(grouping: interface, by: \.symbol)
    var places: [String: Int] = [:]
    groups = []
    for change in diff.changes {
      let waiver = waivers.first { $0.covers(change, diff) }
      // What the module made of a symbol belongs to the symbol.
      let key = change.symbol
      if let place = places[key] {
        groups[place].changes.append(change)
        groups[place].waivers.append(waiver)
      } else {
        places[key] = groups.count
        groups.append(
          Group(
            kind: change.kind, symbol: change.symbol, changes: [change],
            swift: (declarations[change.symbol] ?? []).map(\.text), waivers: [waiver]))
      }
    }
    groups = groups.enumerated().sorted { left, right in
      let (l, r) = (left.element.severity, right.element.severity)
      return l != r ? l > r : left.offset < right.offset
    }.map(\.element)
  }
}

extension Report.Group {
  package var severity: Verdict { verdicts.worst }
}
