import BindingPlan
import HeaderDiff
import HeaderModel
import Rendering
import TestSupport
import Testing
import Workspace

/// What reports say of a module is what the module says of itself.
@Suite struct ModuleInterfaceTests {
  @Test(arguments: ["nccl", "succl", "vccl", "cuda", "nvrtc"])
  func everyDeclarationStandsInTheGeneratedFiles(_ vendor: String) throws {
    let project = Project(root: repositoryRoot())
    let plan = try Plan(
      profile: project.profile(vendor), headers: project.models(of: vendor))
    let files = try project.templateLibrary().render(plan)
    let swift = Self.squeezed(
      files.filter { $0.path.hasSuffix(".swift") }
        .map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n"))
    let declarations = ModuleInterface.declarations(plan)
    #expect(declarations.count > 20)
    for declaration in declarations {
      // What follows the comma is a value or a raw type, which the file writes in other words.
      let text =
        declaration.parameters == nil
        ? declaration.text.split(separator: ", ")[0].description : declaration.text
      #expect(swift.contains(Self.squeezed(text)), "\(declaration.text)")
    }
  }

  /// Without white space, which differs, and the comma that a list of lines ends with.
  private static func squeezed(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace }).replacing(",)", with: ")")
  }
}
