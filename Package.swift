// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A vendor's generated module: the C types and function table, and the Swift on top.
///
/// - Parameter collectives: The profile says that communicators work with the library.
func bindings(
  _ module: String, in directory: String = "Generated", collectives: Bool = false
) -> [Target] {
  [
    .target(name: "C\(module)", path: "\(directory)/C\(module)"),
    .target(
      name: module,
      dependencies: [.target(name: "C\(module)"), "LibraryLoader"]
        + (collectives ? ["CollectiveInterface"] : []),
      path: "\(directory)/\(module)", swiftSettings: strict),
  ]
}

/// A vendor's functions over the CPU engine. As a dynamic library it stands in for the vendor's.
func hostShim(_ vendor: String) -> Target {
  .target(
    name: "\(vendor)HostShim", dependencies: [.target(name: "C\(vendor)Bindings"), "HostExports"],
    path: "Generated/HostShims/\(vendor)", publicHeadersPath: ".")
}

/// A program of Examples/Collectives, which the articles of Collectives quote.
func collectiveExample(
  _ name: String, _ folder: String, _ more: [Target.Dependency] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: ["Collectives", "NCCLBindings", "Rendezvous"] + more,
    path: "Examples/Collectives/\(folder)", swiftSettings: strict)
}

let package = Package(
  name: "bindgen-coll",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "bindgen-coll", targets: ["bindgen-coll"]),
    .library(name: "LibraryLoader", targets: ["LibraryLoader"]),
    .library(name: "CollectiveInterface", targets: ["CollectiveInterface"]),
    .library(name: "NCCLBindings", targets: ["NCCLBindings", "CNCCLBindings"]),
    .library(name: "SUCCLBindings", targets: ["SUCCLBindings", "CSUCCLBindings"]),
    .library(name: "VCCLBindings", targets: ["VCCLBindings", "CVCCLBindings"]),
    .library(
      name: "CUDADriverBindings", targets: ["CUDADriverBindings", "CCUDADriverBindings"]),
    .library(name: "NVRTCBindings", targets: ["NVRTCBindings", "CNVRTCBindings"]),
    .library(name: "CUDARuntime", targets: ["CUDARuntime"]),
    .library(name: "Collectives", targets: ["Collectives"]),
    .library(name: "CustomAllReduce", targets: ["CustomAllReduce"]),
    .library(name: "NVMLBindings", targets: ["NVMLBindings", "CNVMLBindings"]),
    .library(name: "Rendezvous", targets: ["Rendezvous"]),
    .executable(name: "coll-perf", targets: ["coll-perf"]),
    // Stand-ins for the vendors' libraries, which a program loads by path: libnccl-host.so, ….
    .library(name: "nccl-host", type: .dynamic, targets: ["NCCLHostShim"]),
    .library(name: "succl-host", type: .dynamic, targets: ["SUCCLHostShim"]),
    .library(name: "vccl-host", type: .dynamic, targets: ["VCCLHostShim"]),
    // For the builds of other packages; Scripts/make-artifact-bundle has them too.
    .plugin(name: "BindingsCheck", targets: ["BindingsCheck"]),
    .plugin(name: "BindingsGenerator", targets: ["BindingsGenerator"]),
    .plugin(name: "BindgenCollCommand", targets: ["BindgenCollCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // The template tests compare with it; nothing else is built with it.
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // The compiler, in the order of its data flow.
    .target(name: "HeaderModel", swiftSettings: strict),
    .target(name: "Files", swiftSettings: strict),
    .target(name: "CLibclang", path: "Generated/CLibclang"),
    .target(
      name: "HeaderReader", dependencies: ["CLibclang", "Files", "HeaderModel"],
      swiftSettings: strict),
    .target(name: "HeaderDiff", dependencies: ["HeaderModel"], swiftSettings: strict),
    .target(
      name: "BindingPlan",
      dependencies: ["HeaderModel", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "Rendering", dependencies: ["BindingPlan", "HeaderDiff", "HeaderModel"],
      swiftSettings: strict),
    .target(
      name: "ReleaseReview",
      dependencies: ["BindingPlan", "HeaderDiff", "HeaderModel", "Rendering"],
      swiftSettings: strict),
    .target(name: "Scaffold", dependencies: ["HeaderModel"], swiftSettings: strict),
    .target(
      name: "TemplateFiles", path: "Templates", exclude: ["README.md"],
      resources: [.embedInCode("C"), .embedInCode("Report"), .embedInCode("Swift")],
      swiftSettings: strict),
    .target(
      name: "Workspace",
      dependencies: ["BindingPlan", "Files", "HeaderModel", "Rendering", "TemplateFiles"],
      swiftSettings: strict),
    .target(
      name: "LibraryCheck", dependencies: ["BindingPlan", "ELFSymbols", "HeaderModel"],
      swiftSettings: strict),
    .executableTarget(
      name: "bindgen-coll",
      dependencies: [
        "BindingPlan", "ELFSymbols", "Files", "HeaderDiff", "HeaderModel", "HeaderReader",
        "LibraryCheck", "ReleaseReview", "Rendering", "Scaffold", "Workspace",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The compiler in other packages' builds.
    .plugin(name: "BindingsCheck", capability: .buildTool(), dependencies: ["bindgen-coll"]),
    .plugin(name: "BindingsGenerator", capability: .buildTool(), dependencies: ["bindgen-coll"]),
    .plugin(
      name: "BindgenCollCommand",
      capability: .command(
        intent: .custom(
          verb: "bindgen-coll",
          description: "Read vendor headers, generate bindings, compare releases."),
        permissions: [
          .writeToPackageDirectory(
            reason: "It writes models, bindings and reports to Generated.")
        ]), dependencies: ["bindgen-coll"]),

    // What both halves read: library files, without loading them.
    .target(name: "ELFSymbols", swiftSettings: strict),

    // The run time, from the leaves up.
    .target(name: "CLibraryLoader"),
    .target(
      name: "LibraryLoader", dependencies: ["CLibraryLoader", "ELFSymbols"],
      swiftSettings: strict),
    .target(
      name: "CollectiveInterface", dependencies: ["LibraryLoader"], swiftSettings: strict),
    // For work that blocks; it imports nothing.
    .target(name: "Threads", swiftSettings: strict),
  ]
    + bindings("NCCLBindings", collectives: true)
    + bindings("SUCCLBindings", collectives: true)
    + bindings("VCCLBindings", collectives: true)
    + bindings("CUDADriverBindings")
    + bindings("NVRTCBindings")
    + bindings("NVMLBindings")
    + [
      .target(
        name: "CUDARuntime",
        dependencies: [
          "CCUDADriverBindings", "CNVRTCBindings", "CUDADriverBindings", "LibraryLoader",
          "NVMLBindings", "NVRTCBindings",
        ],
        swiftSettings: strict),

      // How ranks find each other; it knows of no library and no GPU.
      .target(name: "Rendezvous", dependencies: ["Threads"], swiftSettings: strict),

      .target(
        name: "Collectives",
        dependencies: [
          "CollectiveInterface", "CUDADriverBindings", "CUDARuntime", "LibraryLoader", "Rendezvous",
          "Threads",
        ],
        swiftSettings: strict),

      .executableTarget(
        name: "coll-perf",
        dependencies: [
          "CUDADriverBindings", "CUDARuntime", "CollectiveInterface", "Collectives",
          "LibraryLoader", "NCCLBindings", "Rendezvous", "SUCCLBindings", "Threads",
          "VCCLBindings", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict),

      // An all-reduce of our own between the GPUs of a host.
      .target(
        name: "CustomAllReduce",
        dependencies: ["CUDADriverBindings", "CUDARuntime", "Collectives", "Rendezvous"],
        exclude: ["README.md"],
        resources: [.embedInCode("Kernels"), .embedInCode("Selection/Tables")],
        swiftSettings: strict),

      // Collectives on the CPU, for development and tests; the run time does not know of it.
      .target(name: "CHostCollectives"),
      .target(name: "HostExports", dependencies: ["CHostCollectives"]),
      hostShim("NCCL"),
      hostShim("SUCCL"),
      hostShim("VCCL"),

      .executableTarget(
        name: "nccl-demo", dependencies: ["LibraryLoader", "NCCLBindings"],
        path: "Examples/NCCLDemo", swiftSettings: strict),
      .executableTarget(
        name: "cuda-tour", dependencies: ["CUDARuntime"], path: "Examples/CUDARuntime",
        swiftSettings: strict),
      collectiveExample(
        "first-all-reduce", "FirstAllReduce",
        ["CollectiveInterface", "LibraryLoader", "SUCCLBindings", "VCCLBindings"]),
      collectiveExample(
        "several-communicators", "SeveralCommunicators",
        ["CollectiveInterface", "LibraryLoader", "VCCLBindings"]),
      collectiveExample("graphs", "Graphs", ["CUDARuntime"]),
      collectiveExample("errors-and-timeouts", "ErrorsAndTimeouts"),
      collectiveExample("one-process", "OneProcess", ["CUDARuntime"]),
      collectiveExample(
        "custom-all-reduce", "CustomAllReduce", ["CUDARuntime", "CustomAllReduce"]),

      .target(name: "CCallOverhead", path: "Benchmarks/CCallOverhead"),
      .executableTarget(
        name: "call-overhead", dependencies: ["CCallOverhead", "LibraryLoader", "NCCLBindings"],
        path: "Benchmarks/CallOverhead", exclude: ["noop.c", "ctypes_calls.py"],
        swiftSettings: strict),

      .executableTarget(
        name: "allreduce-bench",
        dependencies: [
          "CUDARuntime", "CollectiveInterface", "Collectives", "CustomAllReduce", "LibraryLoader",
          "NCCLBindings", "Rendezvous", "Threads",
        ],
        path: "Benchmarks/AllReduce",
        exclude: [
          "goals.json", "measure", "plot", "summary", "torch_symmetric.py", "vllm_custom.cu",
          "vllm_custom.py",
        ],
        swiftSettings: strict),

      // Tests, one target for each of the above, and those that need several.
      .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
      .testTarget(
        name: "HeaderModelTests", dependencies: ["HeaderModel"], swiftSettings: strict),
      .testTarget(
        name: "HeaderReaderTests",
        dependencies: ["Files", "HeaderModel", "HeaderReader", "TestSupport"],
        swiftSettings: strict),
      .testTarget(
        name: "ELFSymbolsTests", dependencies: ["ELFSymbols", "TestSupport"],
        swiftSettings: strict),
      .testTarget(
        name: "LibraryCheckTests",
        dependencies: [
          "BindingPlan", "ELFSymbols", "HeaderModel", "LibraryCheck", "TestSupport", "Workspace",
        ], swiftSettings: strict),
      .testTarget(
        name: "LibraryLoaderTests",
        dependencies: ["CLibraryLoader", "ELFSymbols", "LibraryLoader", "TestSupport"],
        swiftSettings: strict),

      .testTarget(
        name: "FilesTests",
        dependencies: ["Files", "HeaderModel", "TemplateFiles", "TestSupport", "Workspace"],
        swiftSettings: strict),
      .testTarget(
        name: "BindingPlanTests",
        dependencies: ["BindingPlan", "CollectiveInterface", "HeaderModel"],
        swiftSettings: strict),
      .testTarget(
        name: "RenderingTests",
        dependencies: [
          "BindingPlan", "Files", "HeaderModel", "Rendering", "TestSupport", "Workspace",
          .product(name: "Mustache", package: "swift-mustache"),
        ], swiftSettings: strict),
      .testTarget(
        name: "CUDARuntimeTests", dependencies: ["CUDARuntime", "LibraryLoader"],
        swiftSettings: strict),
      .executableTarget(
        name: "allreduce-probe",
        dependencies: [
          "CUDARuntime", "Collectives", "CustomAllReduce", "LibraryLoader", "NCCLBindings",
          "Rendezvous", "TestSupport", "Threads",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        path: "Tests/Support/allreduce-probe", swiftSettings: strict),
      // A rank's life on a driver that only keeps a journal, each call of which can fail.
      .executableTarget(
        name: "allreduce-rehearsal",
        dependencies: [
          "CUDADriverBindings", "CUDARuntime", "Collectives", "CustomAllReduce", "LibraryLoader",
          "Rendezvous", "Threads",
        ],
        path: "Tests/Support/allreduce-rehearsal", exclude: ["fake_devices.c"],
        swiftSettings: strict),
      // The kernels' sources on the CPU: fibers in place of a GPU's threads.
      .target(name: "CKernelEmulation", path: "Tests/Support/CKernelEmulation"),
      .testTarget(
        name: "CustomAllReduceTests",
        dependencies: [
          "CKernelEmulation", "CUDADriverBindings", "CUDARuntime", "Collectives", "CustomAllReduce",
          "LibraryLoader", "NCCLBindings", "Rendezvous", "TestSupport", "Threads",
          "allreduce-rehearsal",
        ], swiftSettings: strict),
      .testTarget(
        name: "ScaffoldTests",
        dependencies: [
          "BindingPlan", "Files", "HeaderModel", "HeaderReader", "Scaffold", "TestSupport",
          "Workspace",
        ], swiftSettings: strict),
      .testTarget(
        name: "GoldenTests",
        dependencies: [
          "BindingPlan", "CollectiveInterface", "Files", "HeaderModel", "HeaderReader",
          "LibraryLoader", "Rendering", "TestSupport", "Workspace",
        ], swiftSettings: strict),
      .testTarget(
        name: "ReleaseReviewTests",
        dependencies: [
          "BindingPlan", "Files", "HeaderDiff", "HeaderModel", "HeaderReader", "ReleaseReview",
          "Rendering", "TestSupport", "Workspace",
        ], swiftSettings: strict),
      .testTarget(
        name: "CommandLineTests", dependencies: ["TestSupport", "bindgen-coll"],
        exclude: ["Expected"], swiftSettings: strict),
      .testTarget(
        name: "CompositeTests",
        dependencies: [
          "CMeshBindings", "COrbBindings", "LibraryLoader", "MeshBindings", "OrbBindings",
          "TestSupport",
        ],
        exclude: ["Fixtures"], swiftSettings: strict),

      .target(
        name: "CHostCases", dependencies: ["CHostCollectives"], path: "Tests/Support/CHostCases",
        linkerSettings: [.linkedLibrary("m")]),
      .executableTarget(
        name: "host-rank", dependencies: ["CHostCases", "CHostCollectives"],
        path: "Tests/Support/host-rank"),
      .testTarget(
        name: "HostCollectivesTests",
        dependencies: ["CHostCases", "CHostCollectives", "TestSupport", "host-rank"],
        swiftSettings: strict),

      .executableTarget(
        name: "rendezvous-rank", dependencies: ["Rendezvous"],
        path: "Tests/Support/rendezvous-rank", swiftSettings: strict),
      .testTarget(name: "ThreadsTests", dependencies: ["Threads"], swiftSettings: strict),
      .testTarget(
        name: "RendezvousTests",
        dependencies: ["Rendezvous", "TestSupport", "Threads", "rendezvous-rank"],
        swiftSettings: strict),

      // The examples, started as users start them.
      .testTarget(
        name: "LauncherTests",
        dependencies: [
          "TestSupport", "cuda-tour", "custom-all-reduce", "errors-and-timeouts",
          "first-all-reduce", "graphs", "one-process", "several-communicators",
        ], swiftSettings: strict),

      // The shims are dynamic libraries, which these load by path.
      .testTarget(
        name: "HostShimTests",
        dependencies: [
          "CNCCLBindings", "CollectiveInterface", "ELFSymbols", "LibraryLoader", "NCCLBindings",
          "SUCCLBindings", "TestSupport", "Threads", "VCCLBindings",
        ], swiftSettings: strict),

      .testTarget(
        name: "CollPerfTests",
        dependencies: [
          "CollectiveInterface", "Collectives", "LibraryLoader", "NCCLBindings", "SUCCLBindings",
          "TestSupport", "VCCLBindings", "coll-perf",
        ],
        exclude: ["Expected"], swiftSettings: strict),

      // The communicator on any vendor's library, by hand on GPUs, and by CollectivesTests.
      .target(
        name: "CollectiveCases",
        dependencies: [
          "CUDADriverBindings", "CUDARuntime", "CollectiveInterface", "Collectives",
          "CustomAllReduce", "LibraryLoader", "NCCLBindings", "Rendezvous", "SUCCLBindings",
          "VCCLBindings",
        ], path: "Tests/Support/CollectiveCases", swiftSettings: strict),
      .executableTarget(
        name: "collective-check",
        dependencies: [
          "CollectiveCases", "CollectiveInterface", "LibraryLoader", "Rendezvous", "Threads",
        ],
        path: "Tests/Support/collective-check", swiftSettings: strict),
      // The stand-ins are dynamic libraries, which these load by path.
      .testTarget(
        name: "CollectivesTests",
        dependencies: [
          "CUDARuntime", "CollectiveInterface", "Collectives", "LibraryLoader", "NCCLBindings",
          "SUCCLBindings", "TestSupport", "Threads", "VCCLBindings", "collective-check",
        ], swiftSettings: strict),

      // The generated modules against real libraries and headers, each half with its own helper.
      .executableTarget(
        name: "nccl-probe", dependencies: ["CNCCLBindings", "LibraryLoader", "NCCLBindings"],
        path: "Tests/Support/nccl-probe", swiftSettings: strict),
      .executableTarget(
        name: "cuda-probe", dependencies: ["CUDADriverBindings", "CUDARuntime"],
        path: "Tests/Support/cuda-probe", swiftSettings: strict),
      .executableTarget(
        name: "layout-check", dependencies: ["HeaderModel", "Rendering", "Workspace"],
        path: "Tests/Support/layout-check", swiftSettings: strict),
      .testTarget(
        name: "GeneratedModuleTests",
        dependencies: [
          "BindingPlan", "CNCCLBindings", "CUDADriverBindings", "Files", "HeaderDiff",
          "HeaderModel", "HeaderReader", "LibraryLoader", "NCCLBindings", "NVRTCBindings",
          "ReleaseReview", "Rendering", "SUCCLBindings", "TestSupport", "VCCLBindings",
          "Workspace", "nccl-probe",
        ],
        exclude: ["Fixtures"], swiftSettings: strict),
    ]
    // What the composite cases generate: the tests call it, and each build proves that it compiles.
    + bindings("MeshBindings", in: "Tests/Golden/composite-mesh/Expected")
    + bindings("OrbBindings", in: "Tests/Golden/composite-orb/Expected"),
  cxxLanguageStandard: .cxx17
)
