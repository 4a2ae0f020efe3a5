import Files
import Foundation
import TestSupport
import Testing

@Suite struct FilesTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: directory.file(name), encoding: .utf8)
  }

  private var names: [String] { get throws { try Files.list(directory.path) } }

  @Test("What is written is read back, whole", arguments: [0, 1, 5, 100_000])
  func roundTrip(_ size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try Files.write(bytes, to: directory.file("a"))
    #expect(try Files.read(directory.file("a")) == bytes)
    #expect(try names == ["a"], "nothing else is left there")
  }

  @Test("A file is replaced as a whole: who has it open keeps the old content")
  func replace() throws {
    let path = try directory.write("old content", to: "a")
    let open = try #require(FileHandle(forReadingAtPath: path))
    try Files.write(Array("new".utf8), to: path)
    #expect(try open.readToEnd() == Data("old content".utf8))
    #expect(try text("a") == "new")
  }

  @Test("A file keeps its mode")
  func mode() throws {
    let path = try directory.write("old", to: "a")
    try runTool("chmod", ["640", path])
    try Files.write([65], to: path)
    #expect(try runTool("stat", ["-c", "%a", path]) == "640\n")
  }

  @Test("A link stays, and the file that it leads to is replaced")
  func link() throws {
    try directory.write("old", to: "real")
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("link"), withDestinationPath: "real")
    try Files.write(Array("new".utf8), to: directory.file("link"))
    #expect(try text("real") == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: directory.file("link")) == "real")
    #expect(try names == ["link", "real"])
  }

  @Test("A device is written to, never replaced")
  func device() throws {
    try Files.write([1, 2, 3], to: "/dev/null")
    let error = #expect(throws: FileError.self) { try Files.write([1], to: "/dev/full") }
    #expect(error?.description == "cannot write /dev/full: No space left on device")
    for device in ["/dev/null", "/dev/full"] {
      #expect(try runTool("stat", ["-c", "%F", device]) == "character special file\n")
    }
  }

  @Test("What cannot be written says why and leaves nothing")
  func refusals() throws {
    let noFolder = #expect(throws: FileError.self) {
      try Files.write([1], to: directory.file("lost/a"))
    }
    #expect(noFolder?.reason == "No such file or directory" && noFolder?.operation == "write")
    try Files.makeDirectory(directory.file("folder"))
    let folder = #expect(throws: FileError.self) {
      try Files.write([1], to: directory.file("folder"))
    }
    #expect(folder?.reason == "it is a directory")
    try directory.write("file", to: "file")
    let under = #expect(throws: FileError.self) {
      try Files.write([1], to: directory.file("file/a"))
    }
    #expect(under?.reason == "Not a directory")
    #expect(try names == ["file", "folder"])
  }

  @Test("A staged file is not there until it is published")
  func staging() throws {
    let path = try directory.write("old", to: "a")
    let staged = try StagedFile(Array("new".utf8), for: path)
    #expect(try text("a") == "old")
    try staged.publish()
    #expect(try text("a") == "new")
    staged.discard()
    #expect(try text("a") == "new", "there is nothing to discard any more")
    let other = try StagedFile(Array("other".utf8), for: path)
    other.discard()
    #expect(try text("a") == "new" && names == ["a"])
  }

  @Test("What is no regular file is not read")
  func reading() throws {
    let cases = [
      (directory.path, "it is a directory"), ("/dev/zero", "it is not a regular file"),
      (directory.file("lost"), "No such file or directory"),
    ]
    for (path, reason) in cases {
      let error = #expect(throws: FileError.self) { try Files.read(path) }
      #expect(error?.reason == reason)
    }
    let path = try directory.write("12345", to: "a")
    let error = #expect(throws: FileError.self) { try Files.read(path, limit: 4) }
    #expect(error?.reason == "it has 5 bytes, over the limit of 4")
    #expect(try Files.read(path, limit: 5).count == 5)
  }

  @Test("Directories are made with those above them, and may be there already")
  func directories() throws {
    let path = directory.file("a/b/c")
    try Files.makeDirectory(path)
    try Files.makeDirectory(path)
    #expect(Files.isDirectory(path) && Files.exists(path))
    try directory.write("x", to: "file")
    #expect(throws: FileError.self) { try Files.makeDirectory(directory.file("file")) }
    #expect(throws: FileError.self) { try Files.makeDirectory(directory.file("file/a")) }
  }

  @Test("Names are listed by their bytes, in every locale")
  func listing() throws {
    for name in ["b", "A", "a", "é", "_", "B", "a.b"] { try directory.write("", to: name) }
    #expect(try names == ["A", "B", "_", "a", "a.b", "b", "é"])
    #expect(throws: FileError.self) { try Files.list(directory.file("lost")) }
  }

  @Test(
    "Parts of paths",
    arguments: [
      ("a/b/c", "a/b", "c"), ("c", "", "c"), ("/c", "/", "c"), ("a/", "a", ""), ("/", "/", ""),
    ])
  func parts(_ path: String, _ parent: String, _ name: String) {
    #expect(Files.parent(of: path) == parent && Files.name(of: path) == name)
  }

  @Test(
    "Paths put together",
    arguments: [
      ("a", "b", "a/b"), ("a/", "b", "a/b"), ("", "b", "b"), ("a", "/b", "/b"), ("/", "b", "/b"),
    ])
  func joined(_ directory: String, _ name: String, _ expected: String) {
    #expect(Files.join(directory, name) == expected)
  }
}
