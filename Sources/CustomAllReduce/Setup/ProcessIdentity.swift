/// What is the same for two ranks exactly if they are threads of one process. A process's number would not
/// do: containers of one host have numbers of their own.
enum ProcessIdentity {
  static let current = UInt64.random(in: .min ... .max)
}
