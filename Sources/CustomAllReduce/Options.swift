public import Collectives

extension CustomAllReduce {
  /// How an all-reduce is set up. All but `cacheDirectory` must be the same on all ranks, which is
  /// checked.
  public struct Options: Sendable {
    /// The largest message that one launch takes, in bytes; larger ones may be taken in parts. Each
    /// rank has workspaces of about four times that on its GPU.
    public var maxByteCount = 16 << 20
    /// The most blocks of a launch. Where several instances run at the same time on one GPU, all their
    /// blocks must have a place on it together, and those of the launch behind each, which takes its
    /// places early; or they wait for each other until the time-out. Half of an instance's share of the
    /// multiprocessors is always right: 33 for each of two on 132.
    public var maxBlocks = 256
    /// How long a kernel waits for another rank before it gives up.
    public var timeout: Duration = .seconds(30)
    /// The types for which kernels are made ready, of the three that there are kernels for.
    public var dataTypes: Set<DataType> = [.float32, .float16, .bfloat16]
    /// Everything that can be taken is taken, in as many launches as it needs, so that the bits of a
    /// result never depend on who computes it. Without this, what another library does faster goes
    /// to the fallback, which adds in an order of its own.
    public var isDeterministic = false
    /// Has the ranks compare what they call before each call, which costs a few microseconds; finds
    /// calls in different orders, and those that some ranks take and others leave to the fallback.
    /// Compared are the reduction, the type and the size in packs of 16 bytes, modulo 2^29 bytes.
    /// Types that there are no kernels for are not told apart, nor a program's own reductions.
    /// Calls of no elements and those after a failure are not compared.
    public var comparesCalls = false
    /// In place of the table that comes with this module.
    public var selection: SelectionTable?
    /// Where compiled kernels are kept; nil: `BINDGEN_COLL_CACHE`, else `XDG_CACHE_HOME` or
    /// `HOME/.cache` with `bindgen-coll` in it. An empty path: nowhere.
    public var cacheDirectory: String?
    /// Lets processes have one GPU, so that tests have more ranks than there are GPUs. In one process
    /// that would not do: to free memory waits for the GPU, and so for a kernel that waits for the
    /// other rank.
    package var sharesDevices = false

    /// The defaults.
    public init() {}
  }
}
