import HeaderModel
import Testing

@Suite struct ReleaseTests {
  @Test(arguments: [
    ("2", Release(2, 0, 0)), ("2.28", Release(2, 28, 0)), ("2.28.3", Release(2, 28, 3)),
    ("0.0.0", Release(0, 0, 0)), ("010.2", Release(10, 2, 0)),
    ("999999999.1", Release(999_999_999, 1, 0)),
  ])
  func reads(text: String, release: Release) {
    #expect(Release(text) == release)
    #expect(Release(release.description) == release)
  }

  @Test(arguments: [
    "", ".", "2.", ".2", "2..3", "2.28.3.1", "v2.28", "2.28.3-1", " 2", "2 ", "-2", "+2", "２",
    "9999999999", "2.28.x",
  ])
  func rejects(text: String) {
    #expect(Release(text) == nil)
  }

  @Test func comparesNumbersNotText() {
    #expect(Release(2, 9, 9) < Release(2, 10, 0))
    #expect(Release(2, 28, 3) < Release(2, 28, 7))
    #expect(Release(1, 99, 99) < Release(2, 0, 0))
    #expect(!(Release(2, 28, 3) < Release(2, 28, 3)))
  }
}
