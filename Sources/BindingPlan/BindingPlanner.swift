package import HeaderModel

/// Why no plan could be made.
package struct PlanError: Error, Sendable {
  package var diagnostics: [Diagnostic]
}

extension Plan {
  /// Decides everything about a vendor's module from its profile and its models.
  ///
  /// The order of the passes matters in one way: functions come first, because they say which types
  /// are needed. `isComplete` says that these are all the vendor's models, so that a profile line
  /// that matches none of them is a mistake.
  package init(
    profile: VendorProfile, headers: [Header], isComplete: Bool = true
  ) throws(PlanError) {
    let merged = MergedReleases(headers)
    self.init(
      profile: profile, releases: merged.releases,
      modelledFlavours: profile.modelledFlavours(headers))
    let texts = CheckProfileText.check(profile)
    guard texts.isEmpty else { throw PlanError(diagnostics: texts) }
    if isComplete {
      let problems = CheckProfile.check(profile, against: merged)
      guard problems.isEmpty else { throw PlanError(diagnostics: problems) }
    }

    let selection = SelectFunctions(merged, profile: profile)
    if isComplete {
      let problems = CheckProfile.unmatched(functions: selection.unmatched, profile)
      guard problems.isEmpty else { throw PlanError(diagnostics: problems) }
    }
    let layouts = RecordLayouts(merged, cPrefix: cPrefix)
    var types = MapTypes(merged, profile: profile, layouts: layouts, cPrefix: cPrefix)
    let planned = PlanFunctions(selection.selected, merged, profile: profile, types: &types)
    slots = planned.slots
    functions = planned.functions
    otherSymbols = selection.otherSymbols.subtracting(slots.map(\.symbol)).sorted(by: byBytes)

    do throws(Diagnostic) {
      structures = try PlanStructures(merged, profile: profile, types: &types).structures
    } catch {
      throw PlanError(diagnostics: [error])
    }
    let versioned = Set(structures.map(\.cName))
    let wanted = types.usedRecords.union(profile.byteRecords).subtracting(versioned)
    records =
      PlanRecords(merged, layouts: layouts, wanted: wanted.union(versioned), types: &types).records
    byteRecords = records.filter { profile.byteRecords.contains($0.cName) }.compactMap { record in
      record.swiftName.map {
        ByteRecordPlan(cName: record.cName, swiftName: $0, size: record.size)
      }
    }
    let enumerated = PlanEnumerations(merged, profile: profile, types: &types)
    enumerations = enumerated.enumerations
    handles = Self.handles(types, merged)
    callbacks = types.callbacks.values.sorted { byBytes($0.cName, $1.cName) }
    let macros = PlanConstants(
      merged, profile: profile, types: types, functions: Set(functions.map(\.cName)))
    flags = macros.flags
    constants = macros.constants
    skipped = selection.skipped + enumerated.skipped + macros.skipped + Self.variables(merged)

    status = statusPlan(types)
    errorText = errorTextPlan()
    lastError = lastErrorPlan()
    if let collectives = profile.collectives {
      let found = PlanCollectives(self, collectives)
      self.collectives = found.plan
      skipped += found.unfit
      if collectives.hostShim {
        let shim = PlanHostShim(self, found.plan)
        hostShim = shim.plan
        skipped += shim.unfit
      }
    }
    let collisions = CheckPlan.check(self)
    guard collisions.isEmpty else { throw PlanError(diagnostics: collisions) }
  }

  private static func handles(_ types: MapTypes, _ merged: MergedReleases) -> [HandlePlan] {
    types.usedHandles.sorted(by: byBytes).map { name in
      let tables = merged.tables.indices.filter { merged.tables[$0].typedef(named: name) != nil }
      let doc = tables.last.flatMap { merged.tables[$0].typedef(named: name)?.doc }
      return HandlePlan(
        cName: name, swiftName: types.typeName(name), doc: Documentation.lines(doc),
        availability: merged.availability(tables))
    }
  }

  private static func variables(_ merged: MergedReleases) -> [Diagnostic] {
    let history = merged.history(\.variables) { _, variable in variable.name }
    return history.keys.sorted(by: byBytes).map { name in
      Diagnostic(
        .warning, file: merged.tables.first?.header.vendor ?? "",
        "\(name) is not bound: it is a variable, not a function", rule: "skip-variable")
    }
  }

  private func statusPlan(_ types: MapTypes) -> StatusPlan? {
    guard let status = profile.status,
      let enumeration = enumerations.first(where: { $0.cName == status.type }),
      let success = enumeration.enumerators.first(where: { $0.cName == status.success })
    else { return nil }
    return StatusPlan(
      cType: status.type, swiftType: enumeration.swiftName, success: success.value,
      pending: enumeration.enumerators.filter { status.pending.contains($0.cName) }.map(\.swiftName)
    )
  }

  private func errorTextPlan() -> ErrorTextPlan? {
    guard let (slot, function) = slot(of: profile.library.errorText) else { return nil }
    return ErrorTextPlan(slot: slot.field, writesText: function.arguments.count == 2)
  }

  private func lastErrorPlan() -> LastErrorPlan? {
    guard let (slot, function) = slot(of: profile.library.lastError) else { return nil }
    return LastErrorPlan(slot: slot.field, takesHandle: function.arguments.count == 1)
  }

  private func slot(of name: String?) -> (SlotPlan, WrapperPlan)? {
    guard let name, let function = functions.first(where: { $0.cName == name }),
      let wrapper = function.wrappers.first
    else { return nil }
    return (slots[function.slots.lowerBound], wrapper)
  }
}
