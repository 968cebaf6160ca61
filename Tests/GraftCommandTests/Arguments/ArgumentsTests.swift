import Testing

@testable import GraftCommand

@Suite struct ArgumentsTests {
    private static let specification = CommandSpecification(
        name: "paint", abstract: "Paint pictures.",
        operands: [
            .init(name: "FROM", help: ""), .init(name: "TO", help: "", isRequired: false, isRepeated: true),
        ],
        options: [
            .init(name: "set", value: "KEY=VALUE", help: "", isRepeated: true),
            .init(name: "count", value: "N", help: ""), .init(name: "check", help: ""),
        ])

    private static func parse(_ words: String...) throws -> Arguments {
        try Arguments(parsing: words, for: specification)
    }

    private static func error(_ words: String...) -> UsageError? {
        do throws(UsageError) {
            _ = try Arguments(parsing: words, for: specification)
            return nil
        } catch { return error }
    }

    @Test func `Operands and options may be mixed`() throws {
        let found = try Self.parse("a", "--set", "x=1", "b", "--check", "--set=y=2=3", "c", "--count", "-5")
        #expect(found.operands == ["a", "b", "c"])
        #expect(found.all("set") == ["x=1", "y=2=3"])
        #expect(found.has("check"))
        #expect(found.value("count") == "-5")
        #expect(!found.has("help"))
    }

    @Test func `What follows two dashes alone is no option, nor is one dash`() throws {
        #expect(try Self.parse("-", "--", "--check", "-h").operands == ["-", "--check", "-h"])
    }

    @Test func `Help needs no operands`() throws {
        #expect(try Self.parse("-h").has("help"))
        #expect(try Self.parse("--help").has("help"))
    }

    @Test func `An empty value is a value`() throws {
        #expect(try Self.parse("a", "--count=").value("count") == "")
    }

    @Test func `What makes no sense is refused with the right words`() {
        #expect(Self.error() == .missingOperand("FROM", command: "paint"))
        let known = ["--set", "--count", "--check"]
        #expect(Self.error("a", "--sett") == .unknownOption("--sett", known: known, command: "paint"))
        #expect(Self.error("a", "-x") == .unknownOption("-x", known: known, command: "paint"))
        #expect(Self.error("a", "---set", "x") == .unknownOption("---set", known: known, command: "paint"))
        #expect(Self.error("a", "--count", "1", "--count=2") == .repeatedOption("count", command: "paint"))
        #expect(Self.error("a", "--check=yes") == .unwantedValue(option: "check", command: "paint"))
        let missing = UsageError.missingValue(option: "count", value: "N", command: "paint")
        #expect(Self.error("a", "--count") == missing)
        #expect(Self.error("a", "--count", "--check") == missing)
        #expect(throws: UsageError.surplusOperand("b", command: "show")) {
            let one = CommandSpecification(
                name: "show", abstract: "", operands: [.init(name: "FILE", help: "")])
            _ = try Arguments(parsing: ["a", "b"], for: one)
        }
    }

    @Test func `Numbers are checked`() throws {
        let found = try Self.parse("a", "--count", "3x")
        #expect(try Self.parse("a", "--count", "3").integer("count", atLeast: 1, command: "paint") == 3)
        #expect(try Self.parse("a").integer("count", atLeast: 1, command: "paint") == nil)
        let expected = UsageError.badValue(
            option: "count", expected: "a whole number of at least 1", found: "3x", command: "paint")
        #expect(throws: expected) { _ = try found.integer("count", atLeast: 1, command: "paint") }
    }

    @Test func `Errors are sentences that say where to read on`() {
        let sentences: [(UsageError, String)] = [
            (
                .unknownCommand("trian", known: ["train", "pull"]),
                "there is no command 'trian'; did you mean 'train'? (see 'graft --help')"
            ),
            (
                .unknownOption("--thread", known: ["--threads"], command: "train"),
                "'graft train' has no option '--thread'; did you mean '--threads'? (see 'graft train --help')"
            ),
            (
                .missingValue(option: "set", value: "KEY=VALUE", command: "train"),
                "--set needs a value: --set KEY=VALUE (see 'graft train --help')"
            ),
            (
                .missingOperand("CONFIG", command: "train"),
                "'graft train' needs CONFIG (see 'graft train --help')"
            ),
            (
                .badValue(option: "split", expected: "train or test", found: "x", command: "evaluate"),
                "--split: expected train or test, found 'x' (see 'graft evaluate --help')"
            ),
            (
                .uselessOption("top", because: "a.h5 is the name of one file", command: "pull"),
                "--top has no effect here: a.h5 is the name of one file (see 'graft pull --help')"
            ),
        ]
        for (error, sentence) in sentences { #expect("\(error)" == sentence) }
    }
}
