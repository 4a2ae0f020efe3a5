package import HeaderModel

/// What no header says about a vendor's library, written by hand in `Profiles/<vendor>.yml`.
///
/// Release facts (since when, layouts, values) are never here: they are computed from the models.
/// Every C name in a profile must occur in some release; `CheckProfile` refuses those that do not.
package struct VendorProfile: Sendable {
  /// The file that it came from, for messages.
  package var file: String
  /// The directory that the file's relative paths count from.
  package var directory: String

  /// The profile's name and that of its folder of models.
  package var vendor: String
  /// The vendor library's name in messages, such as `NCCL`.
  package var displayName: String
  package var module: String
  /// What generated type names start with.
  package var typePrefix: String
  /// The name of the class that stands for the loaded library, and the start of those beside it.
  package var libraryType: String?
  /// What names in the generated C header start with; by default C, the type prefix, and `_`.
  package var cPrefix: String?
  /// The files to generate in the place of the usual ones.
  package var outputs: [Output] = []
  /// The files to generate beside them.
  package var additionalOutputs: [Output] = []
  /// The Swift files are made anew in each build by the plugin `BindingsGenerator`: only the C
  /// module is checked in.
  package var swiftFromPlugin = false
  package var header = HeaderSource()
  package var library = Library()
  package var status: Status?
  package var functions = FunctionSelection()
  package var names = Names()
  /// C function to its parameters that the library writes.
  package var results: [String: [String]] = [:]
  /// C functions whose results the library may write after the call has returned.
  package var lateResults: [String] = []
  /// C parameter name to the Swift expression that it defaults to.
  package var defaults: [String: String] = [:]
  package var sentinels: [String] = []
  /// Typedefs of pointers that are handles although the header does not show it (`void *`).
  package var handles: [String] = []
  /// Enumerations to bind although no function that is bound names them.
  package var enumerations: [String] = []
  /// Records that are nothing but bytes to hand around, such as a unique ID.
  package var byteRecords: [String] = []
  package var versionedStructures: [VersionedStructure] = []
  package var flags: [FlagGroup] = []
  package var flavours: [Flavour] = []
  /// The library is a clone of NCCL: its functions do what a communicator asks for.
  package var collectives: Collectives?
  /// The line that each C name stands on, for messages.
  package var lines: [String: Int] = [:]
}

extension VendorProfile {
  /// Where the header is and what it needs to parse.
  package struct HeaderSource: Sendable {
    package var file = ""
    /// A header in the package itself, relative to the profile: read whenever the module is
    /// generated, as one more release beside the stored models.
    package var source: String?
    /// Where the header lies in an unpacked package or a wheel.
    package var paths: [String] = []
    /// Directories of stub headers, relative to the profile.
    package var stubs: [String] = []
    package var defines: [String] = []
    package var release = ReleaseSource.none
    /// Whether the header's comments may be kept: a licence may not let us pass them on.
    package var keepsDocumentation = true
  }

  /// How a header says which release it belongs to.
  package enum ReleaseSource: Sendable {
    case none
    case parts([String])
    case code(String)
  }

  package struct Library: Sendable {
    package var environment: [String] = []
    package var names: [String] = []
    package var versionFunction: String?
    /// How many integers the version function writes.
    package var versionCount = 1
    package var versionCode: [VersionRule] = []
    /// The header's macro for its own version code, which versioned structures are stamped with.
    package var versionMacro: String?
    package var errorText: String?
    package var lastError: String?
  }

  /// How a version code decodes: the first rule whose bound is above the code.
  package struct VersionRule: Hashable, Sendable {
    package var below: Int?
    package var major = 0
    package var minor = 0
    package var patch = 0

    package func decode(_ code: Int) -> Release? {
      guard code >= 0, major > 0, below.map({ code < $0 }) ?? true else { return nil }
      var rest = code % major
      let minorPart = minor > 0 ? rest / minor : 0
      if minor > 0 { rest %= minor }
      return Release(code / major, minorPart, patch > 0 ? rest / patch : 0)
    }

    /// The code of a release; `nil` if the rule does not give that back.
    package func encode(_ release: Release) -> Int? {
      let code = release.major * major + release.minor * minor + release.patch * patch
      return decode(code) == release ? code : nil
    }
  }

  package struct Status: Sendable {
    package var type = ""
    package var success = ""
    /// Codes that mean "accepted, not finished", not failure.
    package var pending: [String] = []
  }

  package struct FunctionSelection: Sendable {
    package var prefixes: [String] = []
    /// When not empty, nothing else is bound. Names that the header `#define`s to others count.
    package var only: [String] = []
    /// `p` where `pncclX` is the profiling twin of `ncclX`.
    package var twinPrefix: String?
    /// Twins whose name does not follow from the prefix, to the function that they double.
    package var twins: [String: String] = [:]
    /// C function to the reason why it is not bound.
    package var skip: [String: String] = [:]
  }

  /// Swift names where the rule does not give what a reader expects.
  package struct Names: Sendable {
    package var functions: [String: String] = [:]
    package var types: [String: String] = [:]
    package var parameters: [String: String] = [:]
    package var enumerators: [String: String] = [:]
    package var fields: [String: String] = [:]
    /// Enumeration to the prefix that its enumerators lose.
    package var enumeratorPrefixes: [String: String] = [:]
  }

  /// A struct that carries its own size, a magic number and the header's version.
  package struct VersionedStructure: Sendable {
    package var type = ""
    /// The macro that initialises it.
    package var initializer = ""
    package var sizeField: String?
    package var magicField: String?
    package var versionField: String?
  }

  /// Macros that make up a set of flags.
  package struct FlagGroup: Sendable {
    package var name = ""
    package var prefix = ""
    /// Macros with the prefix that are not flags.
    package var except: [String] = []
    /// The C parameters and fields that hold such flags.
    package var parameters: [String] = []
  }

  /// What the names of a library's collectives and their arguments do not say.
  package struct Collectives: Sendable {
    /// The members of the record that says which signals to wait for.
    package var waits: [CollectiveMember] = []
    /// Also generate the library's functions over the CPU engine.
    package var hostShim = false
  }

  /// A file of the profile's own choice.
  package struct Output: Sendable {
    /// Under `Templates`, without `.mustache`.
    package var template = ""
    /// Under `Generated`.
    package var path = ""
    package var line: Int?
  }

  /// One of several builds that share the library's name, its symbols, or even its version code.
  package struct Flavour: Sendable {
    package var name = ""
    package var summary = ""
    /// The vendor's own build, which the models without a flavour are of: the word for a library
    /// that a rule takes for another's.
    package var isOwn = false
    /// How a library shows that it is this flavour: one of the rules holds. None: only the user
    /// can say.
    package var detect: [FlavourRule] = []
    package var line: Int?
  }

  /// What is seen of a library of a flavour and of no other; all of it must hold.
  package struct FlavourRule: Hashable, Sendable {
    /// Symbols that the library exports.
    package var exports: [String] = []
    /// Symbols that it does not.
    package var lacks: [String] = []
    /// What the version function may say; empty: anything.
    package var versionCodes: [Int] = []
    package var line: Int?
  }
}

extension VendorProfile {
  /// The flavours whose headers are among the models.
  package func modelledFlavours(_ models: [Header]) -> Set<String> {
    let own = models.contains { $0.flavour == nil } ? flavours.filter(\.isOwn).map(\.name) : []
    return Set(models.compactMap(\.flavour)).union(own)
  }
}
