/// Why a vendor's library could not be loaded.
public enum LoadError: Error, Sendable, Equatable {
  /// No candidate could be opened.
  case notFound(NotFound)
  /// The library crashed, exited or hung in the child process.
  case probeFailed(ProbeFailure)
  /// A library was opened, but not this vendor's.
  case wrongLibrary(WrongLibrary)
  /// The library's version function reports an error.
  case versionCallFailed(VersionCallFailure)
  /// The options name a flavour that the vendor does not have.
  case unknownFlavour(UnknownFlavour)
  /// The library looks like several of the vendor's flavours, and nobody says which it is.
  case ambiguousFlavour(AmbiguousFlavour)

  /// One candidate and what came of it.
  public struct Attempt: Sendable, Equatable {
    /// The file that was tried.
    public let candidate: Candidate
    /// The dynamic loader's own words, or why it was not asked.
    public let message: String
    /// What those words leave out, where something is known.
    public let hint: String?
  }

  /// A search that ended without a library.
  public struct NotFound: Sendable, Equatable {
    /// The vendor's name.
    public let vendor: String
    /// The candidates that were tried, in order.
    public let attempts: [Attempt]
    /// The candidates that were not tried, because the user names a file.
    public let passedOver: [Candidate]
    /// The environment variables that may name the library.
    public let environmentVariables: [String]
    /// Those of them that are set to nothing.
    public let emptyVariables: [String]
  }

  /// A child process that did not get through loading the library.
  public struct ProbeFailure: Sendable, Equatable {
    /// What the child process was about when it ended.
    public enum Activity: Sendable, Equatable {
      /// Nothing yet that concerns the library.
      case starting
      /// Opening the library, which runs its constructors.
      case loading
      /// Calling the version function.
      case calling(String)
    }

    /// How the child process ended.
    public enum Ending: Sendable, Equatable {
      /// By the signal of that number.
      case crashed(signal: Int)
      /// By a call to exit.
      case exited(code: Int)
      /// Not at all within that time; it was killed.
      case timedOut(Duration)
      /// In an unknown way: another part of this program took its status.
      case unknown
      /// There was none: the system's reason.
      case notStarted(String)
    }

    /// The vendor's name.
    public let vendor: String
    /// The file that was tried.
    public let candidate: Candidate
    /// How the child process ended.
    public let ending: Ending
    /// What it was about then.
    public let activity: Activity
  }

  /// A library without the vendor's functions.
  public struct WrongLibrary: Sendable, Equatable {
    /// The vendor's name.
    public let vendor: String
    /// The file that was tried.
    public let candidate: Candidate
    /// The file that was opened.
    public let path: String
    /// How many functions the vendor's libraries may have.
    public let functionCount: Int
    /// A library that it depends on and that does have them.
    public let dependencyWithFunctions: String?
  }

  /// A version function that did not answer.
  public struct VersionCallFailure: Sendable, Equatable {
    /// The vendor's name.
    public let vendor: String
    /// The file that was tried.
    public let candidate: Candidate
    /// The C function.
    public let function: String
    /// The status that it returned.
    public let status: Int
  }

  /// A flavour that is not one of the vendor's.
  public struct UnknownFlavour: Sendable, Equatable {
    /// The vendor's name.
    public let vendor: String
    /// The flavour asked for.
    public let flavour: String
    /// The vendor's flavours.
    public let known: [String]
  }

  /// A library that may be any of several flavours.
  public struct AmbiguousFlavour: Sendable, Equatable {
    /// A flavour that it may be.
    public struct Choice: Sendable, Equatable {
      /// What `LoadOptions.flavour` calls it.
      public let flavour: String
      /// What sets it apart.
      public let summary: String
      /// What of the library speaks for it.
      public let evidence: String
    }

    /// The vendor's name.
    public let vendor: String
    /// The file that was tried.
    public let candidate: Candidate
    /// The file that was opened.
    public let path: String
    /// What it may be.
    public let choices: [Choice]
  }
}
