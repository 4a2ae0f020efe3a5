import BindingPlan
import ELFSymbols
import HeaderModel

extension LibraryCheck {
  /// The findings for a program.
  package func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("library", library.path)
      writer.field("vendor", profile.vendor)
      writer.key("consistent")
      writer.bool(isConsistent)
      writer.strings("problems", problems)
      writer.field("machine", library.identity.machine.description)
      writer.field("soname", library.soname)
      writer.strings("needed", library.needed)
      writer.field("glibc", library.requiredGLIBC?.description)
      writer.field("model", model.header.identifier)
      writer.field("chosen", chosen)
      if case .exports(let fitting) = model.basis { writer.strings("fitting", fitting) }
      writer.field("releaseByHeader", model.header.release.description)
      write(answer: &writer)
      write(flavours: &writer)
      writer.field("declared", declaredCount)
      writer.strings("missingFunctions", missing.functions)
      writer.strings("missingTwins", missing.twins)
      writer.strings("missingVariables", missing.variables)
      writer.list("undeclared", undeclared) { writer, export in
        writer.object(inline: true) {
          $0.field("name", export.name)
          $0.field("kind", export.isFunction ? "function" : "data")
          $0.field("reason", export.reasonText)
        }
      }
      writer.list("twins", twins) { writer, pair in
        writer.object(inline: true) {
          $0.field("function", pair.function)
          $0.field("twin", pair.twin)
          $0.field("state", pair.state.rawValue)
        }
      }
      writer.list("undefinedByLibrary", undefined.byLibrary) { writer, entry in
        writer.object(inline: true) {
          $0.field("library", entry.library)
          $0.field("count", entry.count)
        }
      }
      writer.strings("undefinedUnattributed", undefined.unattributed)
      writer.field("undefinedOptional", undefined.optionalCount)
    }
    return writer.finish()
  }

  private var chosen: String {
    switch model.basis {
    case .named: "named"
    case .versionCall: "version call"
    case .beforeVersionCall: "newest before version call"
    case .exports: "exports"
    }
  }

  private func write(answer writer: inout JSONWriter) {
    switch answer {
    case .notAsked: break
    case .failed(let reason): writer.field("loadFailure", reason)
    case .said(let values):
      writer.field("releaseByCall", releaseByCall?.description)
      writer.key("versionValues")
      writer.array(values, inline: true) { $0.integer($1) }
    }
  }

  private func write(flavours writer: inout JSONWriter) {
    writer.list("flavours", flavours.matches) { writer, match in
      writer.object(inline: true) {
        $0.field("name", match.flavour)
        $0.field("evidence", match.evidence)
        $0.flag("withoutModels", !match.hasModels)
      }
    }
    writer.strings("flavoursUndecided", flavours.undecided)
  }
}
