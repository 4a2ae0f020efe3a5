package import HeaderModel

/// The vendor's functions as the CPU engine plays them: what a C file with the vendor's symbols needs.
package struct HostShimPlan: Sendable {
  /// The release whose signatures and numbers it has: the newest.
  package var release: Release
  /// As the vendor's version function says it; `nil` if it says no such code.
  package var versionCode: Int?
  /// In the order of the functions.
  package var functions: [HostFunctionPlan] = []
  /// The numbers of the release, by what they are; sorted.
  package var codes: [HostCodesPlan] = []
  /// The layouts of the configuration that communicators are made with, from small to large.
  package var layouts: [HostLayoutPlan] = []
}

/// A function that is exported.
package struct HostFunctionPlan: Sendable {
  package var symbol: String
  /// Several where builds of the vendor's library disagree about its parameters.
  package var forms: [HostFormPlan]
}

package struct HostFormPlan: Sendable {
  package struct Parameter: Sendable {
    package var type: String
    package var name: String
  }

  /// A field of `hx_arguments` and what it is set to, in C.
  package struct Field: Sendable {
    package var name: String
    package var expression: String
  }

  /// In the function table.
  package var slot: Int
  /// The macro that chooses it; `nil`: the form to take where no macro is defined.
  package var macro: String?
  package var parameters: [Parameter] = []
  /// What does it: `allReduce` for `hx_allReduce`.
  package var call: String
  package var fields: [Field] = []
  /// Parameters that go nowhere.
  package var unused: [String] = []
}

package struct HostCodesPlan: Sendable {
  /// Of the run time's `CollectiveCode`.
  package var kind: String
  package var members: [(value: Int128, symbol: String, name: String)]
}

/// A layout of the configuration: its bytes, and the fields that the engine looks at.
package struct HostLayoutPlan: Sendable {
  package var bytes: Int
  package var fields: [(name: String, offset: Int, width: Int, initial: UInt64)]
}
