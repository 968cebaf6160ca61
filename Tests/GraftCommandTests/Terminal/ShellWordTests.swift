import Testing

@testable import GraftCommand

@Suite struct ShellWordTests {
    @Test func `A word is quoted where a shell would not take it as it is`() {
        #expect(shellWord("experiments/runs/x-001") == "experiments/runs/x-001")
        #expect(shellWord("Läufe/x_1.0") == "Läufe/x_1.0")
        #expect(shellWord("my runs/x") == "'my runs/x'")
        #expect(shellWord("it's $1") == #"'it'\''s $1'"#)
        #expect(shellWord("") == "''")
    }
}
