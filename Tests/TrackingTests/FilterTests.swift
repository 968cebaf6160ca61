import Testing

@testable import Tracking

@Suite struct FilterTests {
    private func matches(_ text: String, _ facts: [String: Fact], tags: [String] = []) throws -> Bool {
        try Filter(text).matches(tags: tags) { facts[$0] }
    }

    @Test func `And binds more than or, not more than and, and parentheses most of all`() throws {
        #expect(
            try Filter("a = 1 or b = 2 and not c = 3")
                == .or(
                    .comparison(key: "a", .equal, .number(1)),
                    .and(
                        .comparison(key: "b", .equal, .number(2)),
                        .not(.comparison(key: "c", .equal, .number(3))))))
        #expect(
            try Filter("(a=1 or b=2) and c=3")
                == .and(
                    .or(.comparison(key: "a", .equal, .number(1)), .comparison(key: "b", .equal, .number(2))),
                    .comparison(key: "c", .equal, .number(3))))
    }

    @Test(arguments: [
        ("x > 0.5", true), ("x >= 0.75", true), ("x < 0.75", false), ("x <= 0.75", true),
        ("x != 0.75", false),
        ("x == 0.75", true), ("name = mobilenet", true), ("name ~ NET", true), ("name ~ resnet", false),
        ("name = \"mobilenet\"", true), ("has:x", true), ("has:y", false), ("y = 1", false), ("y != 1", true),
        ("not has:y and tag:best", true), ("tag:worst", false), ("began > 2026-11-01", true),
        ("began > 2026-12", false), ("began > 2026", true), ("x < abc", false), ("x >= abc", false),
        ("x != abc", true), ("x = '0.75'", true),
    ])
    func `A filter compares numbers as numbers, other things as text, and what is missing with nothing`(
        text: String, expected: Bool
    ) throws {
        let facts: [String: Fact] = [
            "x": .number(0.75), "name": .text("mobilenet"), "began": .text("2026-11-25T09:00:00Z"),
        ]
        #expect(try matches(text, facts, tags: ["best"]) == expected)
    }

    @Test(arguments: [
        ("a", 2, "one of < <= > >= = != ~", "the end"), ("a >", 4, "a number or a text", "the end"),
        ("a = 1 b = 2", 7, "and, or, or the end", "'b'"), ("(a = 1", 7, "a closing parenthesis", "the end"),
        ("= 1", 1, "a setting, a metric, tag:NAME or has:KEY", "'='"),
        ("a = \"x", 5, "a closing \"", "the end"),
        ("", 1, "a setting, a metric, tag:NAME or has:KEY", "the end"),
    ])
    func `A mistake is answered with its place, what was expected and what was found`(
        text: String, position: Int, expected: String, found: String
    ) {
        #expect(
            throws: TrackingError.filter(text: text, position: position, expected: expected, found: found)
        ) {
            try Filter(text)
        }
    }

    @Test func `A filter that is nested without end is refused`() {
        #expect(throws: TrackingError.self) { try Filter(String(repeating: "(", count: 100_000)) }
    }

    @Test func `The end of a key is enough where only one ends so`() throws {
        let keys = KeyNames(["model.architecture", "training.stages.0.epochs", "training.stages.1.epochs"])
        #expect(try keys.resolved("architecture") == "model.architecture")
        #expect(throws: TrackingError.unknownKey(name: "architektur", nearest: ["model.architecture"])) {
            try keys.resolved("architektur")
        }
        #expect(throws: TrackingError.self) { try keys.resolved("seed") }
        #expect(
            throws: TrackingError.ambiguousKey(
                name: "epochs2", matches: ["a.epochs2", "b.epochs2"])
        ) { try KeyNames(["a.epochs2", "b.epochs2"]).resolved("epochs2") }
    }
}
