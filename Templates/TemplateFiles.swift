/// The templates that the tool brings along, so that it works in packages that have none.
package enum TemplateFiles {
  /// Names as templates call each other, and contents.
  package static let all: [(name: String, bytes: [UInt8])] = [
    ("C/CLibclang.c", PackageResources.CLibclang_c_mustache),
    ("C/CLibclang.h", PackageResources.CLibclang_h_mustache),
    ("C/HostShim.c", PackageResources.HostShim_c_mustache),
    ("C/LayoutCheck.c", PackageResources.LayoutCheck_c_mustache),
    ("C/Types.c", PackageResources.Types_c_mustache),
    ("C/Types.h", PackageResources.Types_h_mustache),
    ("Report/HTML", PackageResources.HTML_mustache),
    ("Report/Markdown", PackageResources.Markdown_mustache),
    ("Report/Releases", PackageResources.Releases_mustache),
    ("Report/Symbols", PackageResources.Symbols_mustache),
    ("Report/Text", PackageResources.Text_mustache),
    ("Swift/Banner", PackageResources.Banner_mustache),
    ("Swift/CheckedCalls.swift", PackageResources.CheckedCalls_swift_mustache),
    ("Swift/Collectives.swift", PackageResources.Collectives_swift_mustache),
    ("Swift/Constants.swift", PackageResources.Constants_swift_mustache),
    ("Swift/Doc", PackageResources.Doc_mustache),
    ("Swift/Enumerations.swift", PackageResources.Enumerations_swift_mustache),
    ("Swift/Functions.swift", PackageResources.Functions_swift_mustache),
    ("Swift/Library.swift", PackageResources.Library_swift_mustache),
    ("Swift/Structures.swift", PackageResources.Structures_swift_mustache),
    ("Swift/Types.swift", PackageResources.Types_swift_mustache),
  ]
}
