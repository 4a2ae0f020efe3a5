import BindingPlan
import Glibc
import HeaderDiff
import HeaderModel
import ReleaseReview
import Rendering
import Testing
import Workspace

/// That the time grows with the header and not with its square. Benchmarks measure how long it is.
@Suite struct ScaleTests {
  /// A header of which the other one has nothing unchanged.
  private static func header(_ count: Int, isNew: Bool) -> Header {
    var header = Header(
      vendor: "toy", release: Release(isNew ? 2 : 1, 0, 0), target: "x86_64-unknown-linux-gnu")
    let change = isNew ? 1 : 0
    header.functions = (0..<count).map { index in
      Function(
        name: index % 3 == 0 && isNew ? "toyNew\(index)" : "toyCall\(index)", result: .scalar(.int),
        parameters: (0...(index % 5 + change)).map {
          Parameter(name: "p\($0)", type: .scalar(isNew ? .long : .int))
        })
    }
    // One of everything that is searched in.
    header.enumerations = [
      Enumeration(
        name: "toyKind", underlying: .scalar(.unsignedInt),
        enumerators: (0..<count).map {
          Enumerator(
            name: $0 % 2 == 0 && isNew ? "toyOther\($0)" : "toyKind\($0)",
            value: Int128($0 % 4 == 0 ? $0 : $0 + change))
        })
    ]
    header.records = [
      Record(
        kind: .structure, name: "toyLarge",
        layout: .init(
          size: 8 * count, alignment: 8,
          fields: (0..<count).map {
            Field(
              name: "\(isNew ? "new" : "old")\($0)", type: .scalar(isNew ? .long : .double),
              bitOffset: 64 * $0)
          }))
    ]
    header.records += (0..<(count / 4)).flatMap { index in
      [
        Record(
          kind: .structure, name: "toy\(index)",
          layout: .init(
            size: 8 + 8 * change, alignment: 8,
            fields: [
              Field(name: "inner", type: .record(.structure, "toy\(index)::inner"), bitOffset: 0)
            ])),
        Record(
          kind: .structure, name: "toy\(index)::inner", hasTag: false,
          layout: .init(
            size: 8 + 8 * change, alignment: 8,
            fields: (0...change).map {
              Field(name: "f\($0)", type: .scalar(.long), bitOffset: 64 * $0)
            })),
      ]
    }
    header.macros = (0..<count).map {
      Macro(
        name: "TOY_\($0)", body: "\($0 + change)",
        value: .integer(Int128($0 + change), .scalar(.int)))
    }
    return header
  }

  /// In CPU time of this thread: other tests run beside this one.
  private static func time(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try body()
    return now() - start
  }

  /// The least of three times for each count: what else the machine does can only make them longer.
  /// In turns, so that a bad moment is one for both.
  private static func times(_ body: (Header, Header) throws -> Void) rethrows -> [Double] {
    let headers = [300, 1200].map { (header($0, isNew: false), header($0, isNew: true)) }
    var least = headers.map { _ in Double.infinity }
    for _ in 0..<3 {
      for (index, (old, new)) in headers.enumerated() {
        let measured = try Self.time { try body(old, new) }
        least[index] = min(least[index], measured)
      }
    }
    return least
  }

  @Test("Four times the header takes about four times as long", arguments: ReportFormat.allCases)
  func growth(_ format: ReportFormat) throws {
    let templates = try Shared.templates.get()
    let times = try Self.times { old, new in
      let report = Report(old, new, profile: nil)
      #expect(report.groups.count > old.functions.count)
      _ = try templates.render(report, as: format)
    }
    // 4 if it is linear, 16 if it is quadratic.
    #expect(times[1] / times[0] < 9, "\(times)")
  }

  @Test("The same with a profile, whose module is compared, too")
  func growthOfModules() throws {
    let profile = try VendorProfile(path: "\(DiffCase.root)/toy.yml", shownAs: "toy.yml")
    let times = Self.times { old, new in
      let report = Report(old, new, profile: profile)
      #expect(report.interfaceProblem == nil)
    }
    #expect(times[1] / times[0] < 9, "\(times)")
  }
}
