import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite struct WorkingChangesTests {
    private static func git(_ words: [String], in folder: URL) throws -> Bool {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "-c", "user.name=x", "-c", "user.email=x@y"] + words
        git.currentDirectoryURL = folder
        (git.standardOutput, git.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try git.run()
        git.waitUntilExit()
        return git.terminationStatus == 0
    }

    private static let hasGit = (try? git(["--version"], in: URL(filePath: "/"))) == true

    @Test(.enabled(if: hasGit, "needs git"))
    func `What is changed and not committed is told, and long changes are cut`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "a.txt")
            try Data("one\n".utf8).write(to: file)
            #expect(try Self.git(["init", "-q"], in: folder) && Self.git(["add", "-A"], in: folder))
            #expect(try Self.git(["commit", "-q", "-m", "x"], in: folder))
            #expect(WorkingChanges.diff(in: folder.path) == nil)
            try Data("two\n".utf8).write(to: file)
            let changes = String(decoding: try #require(WorkingChanges.diff(in: folder.path)), as: UTF8.self)
            #expect(changes.contains("-one\n+two\n"))
            try Data(String(repeating: "three\n", count: 300_000).utf8).write(to: file)
            let long = try #require(WorkingChanges.diff(in: folder.path))
            #expect(long.count < 1_000_200 && long.suffix(40).contains(Data("left out\n".utf8).first!))
        }
    }

    @Test func `A folder in no repository has no changes`() throws {
        try Fixtures.withTemporaryFolder { #expect(WorkingChanges.diff(in: $0.path) == nil) }
    }
}
