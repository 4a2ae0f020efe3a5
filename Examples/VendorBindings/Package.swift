// swift-tools-version: 6.2
import PackageDescription

let bindgen = "bindgen-coll"

let package = Package(
  name: "VendorBindings",
  platforms: [.macOS(.v15)],
  products: [
    // What the vendor would ship: the two libraries that the bindings load at run time.
    .library(name: "accl", type: .dynamic, targets: ["accl"]),
    .library(name: "accrt", type: .dynamic, targets: ["accrt"]),
  ],
  dependencies: [
    .package(name: bindgen, path: "../..")
  ],
  targets: [
    // Generated in each build, from Vendor/accl/include/accl.h. Only the C module is checked in.
    .target(name: "CACCLBindings", path: "Generated/CACCLBindings"),
    .target(
      name: "ACCLBindings",
      dependencies: ["CACCLBindings", .product(name: "LibraryLoader", package: bindgen)],
      plugins: [.plugin(name: "BindingsGenerator", package: bindgen)]),

    // Checked in, from the models in Generated/Models/accrt. The build fails where it is stale.
    .target(name: "CACCRTBindings", path: "Generated/CACCRTBindings"),
    .target(
      name: "ACCRTBindings",
      dependencies: ["CACCRTBindings", .product(name: "LibraryLoader", package: bindgen)],
      path: "Generated/ACCRTBindings",
      plugins: [.plugin(name: "BindingsCheck", package: bindgen)]),

    .executableTarget(
      name: "accl-demo",
      dependencies: [
        "ACCLBindings", "ACCRTBindings", .product(name: "LibraryLoader", package: bindgen),
      ]),

    .target(name: "accl", path: "Vendor/accl"),
    .target(name: "accrt", path: "Vendor/accrt"),
  ]
)
