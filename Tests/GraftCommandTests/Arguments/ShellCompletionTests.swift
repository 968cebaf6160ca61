import Foundation
import TestSupport
import Testing

@testable import GraftCommand

@Suite struct ShellCompletionTests {
    private static let shells = ["/bin/", "/usr/bin/", "/usr/local/bin/"]

    static func path(of shell: String) -> String? {
        shells.map { $0 + shell }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func check(_ completion: ShellCompletion, _ options: String...) throws {
        try Fixtures.withTemporaryFolder { folder in
            let script = folder.appending(path: "script")
            let text = completion.script(for: GraftCommand.commands.map { $0.specification })
            try Data(text.utf8).write(to: script)
            let shell = try #require(path(of: completion.rawValue))
            let outcome = try Program.run(shell, options + [script.path(percentEncoded: false)])
            #expect(outcome.status == 0, "\(outcome.error)")
        }
    }

    @Test(.enabled(if: path(of: "bash") != nil, "needs bash"))
    func `The script is bash's`() throws { try Self.check(.bash, "-n") }

    @Test(.enabled(if: path(of: "zsh") != nil, "needs zsh"))
    func `The script is zsh's`() throws { try Self.check(.zsh, "-n") }

    @Test(.enabled(if: path(of: "fish") != nil, "needs fish"))
    func `The script is fish's`() throws { try Self.check(.fish, "--no-execute") }

    @Test(
        .enabled(if: path(of: "bash") != nil, "needs bash"),
        arguments: [
            ("tr", "train"), ("models resnet50", "resnet50 resnet50v2"), ("train --ch", "--check"),
            ("evaluate run --split ", "train validation test"), ("completion z", "zsh"),
            ("train experiments/x", ""), ("pull --alpha 1.", "1.0 1.3 1.4"), ("pull x --size 9", "96"),
            ("train x --runs exp", ""),
            ("models --json vgg", "vgg16 vgg19"),
        ])
    func `bash completes what a command takes, and leaves files to itself`(line: String, expected: String)
        throws
    {
        let script = ShellCompletion.bash.script(for: GraftCommand.commands.map { $0.specification })
        let words = ["graft"] + line.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
        let question = """
            COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
            _graft; echo "${COMPREPLY[*]}"
            """
        let outcome = try Program.run(try #require(Self.path(of: "bash")), ["-c", script + "\n" + question])
        #expect(outcome.output == expected + "\n")
    }

    @Test func `Quotes in a help text do not end fish's`() {
        let command = CommandSpecification(name: "a", abstract: "It's a test.")
        #expect(ShellCompletion.fish.script(for: [command]).contains(#"'It\'s a test.'"#))
    }
}
