import Foundation
import TestSupport
import Testing

@testable import Experiments

private let sha = "0123456789abcdef0123456789abcdef01234567"

@Suite struct GitCommitTests {
    /// A folder inside of one with the given files.
    private func commit(_ files: [String: String], in place: String = "a/b") throws -> String? {
        try Fixtures.withTemporaryFolder { folder in
            let inner = folder.appending(path: place)
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            for (name, text) in files {
                let file = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("\(text)\n".utf8).write(to: file)
            }
            return GitCommit.checkedOut(in: inner)
        }
    }

    @Test(
        arguments: [
            [".git/HEAD": sha],
            [".git/HEAD": "ref: refs/heads/main", ".git/refs/heads/main": sha],
            [
                ".git/HEAD": "ref: refs/heads/a/b",
                ".git/packed-refs":
                    "# pack-refs\n\(String(sha.reversed())) refs/heads/b\n\(sha) refs/heads/a/b",
            ],
            // A worktree.
            [
                "a/.git": "gitdir: ../main/.git/worktrees/a",
                "main/.git/worktrees/a/HEAD": "ref: refs/heads/x",
                "main/.git/worktrees/a/commondir": "../..", "main/.git/refs/heads/x": sha,
            ],
        ])
    func `The commit is found as git would`(files: [String: String]) throws {
        #expect(try commit(files) == sha)
    }

    @Test func `There is none without a repository, or before the first commit`() throws {
        #expect(GitCommit.checkedOut(in: URL(filePath: "/proc", directoryHint: .isDirectory)) == nil)
        #expect(try commit([".git/HEAD": "ref: refs/heads/main"]) == nil)
    }
}
