import Evaluation
import Testing

@Suite struct TellingSamplesTests {
    private static func predictions() throws -> Predictions {
        try Predictions(
            classNames: ["a", "b", "c"],
            rows: [
                .init(identifier: "sure, right", label: 0, scores: [0.9, 0.1, 0]),
                .init(identifier: "sure, wrong", label: 1, scores: [0.8, 0.1, 0.1]),
                .init(identifier: "torn, wrong", label: 1, scores: [0.41, 0.4, 0.19]),
                .init(identifier: "torn, right", label: 2, scores: [0.1, 0.4, 0.5]),
                .init(identifier: "as sure, wrong", label: 0, scores: [0.2, 0, 0.8]),
            ])
    }

    @Test func `The surest mistakes come first, and of equals the earlier sample`() throws {
        #expect(try Self.predictions().surestMistakes(9).map(\.row) == [1, 4, 2])
        #expect(try Self.predictions().surestMistakes(1).map(\.row) == [1])
    }

    @Test func `The least certain are those whose two likeliest classes are the closest`() throws {
        let found = try Self.predictions().leastCertain(2)
        #expect(found.map(\.row) == [2, 3])
        #expect(isClose(found.map(\.margin), [0.01, 0.1]))
    }

    @Test func `Each cell has its surest sample, and an empty one none`() throws {
        let cells = try Self.predictions().surestOfEachCell.map { $0.map { $0?.row } }
        #expect(cells == [[0, nil, 4], [1, nil, nil], [nil, nil, 3]])
    }

    @Test func `Groups are told apart by their accuracy, the worst first`() throws {
        func results(_ group: (String) -> String?) throws -> GroupResults {
            let all = try Self.predictions()
            let rows = all.rows.map {
                Predictions.Row(
                    identifier: $0.identifier, label: $0.label, scores: $0.scores,
                    group: group($0.identifier))
            }
            return GroupResults(try Predictions(classNames: all.classNames, rows: rows))
        }
        let two = try results { identifier in
            identifier.contains("torn") ? "torn" : identifier.hasPrefix("as") ? nil : "sure"
        }
        #expect(two.lines.map(\.name) == ["sure", "torn"])
        #expect(two.lines.map(\.count) == [2, 2] && two.lines.map(\.correct) == [1, 1])
        #expect(try results { _ in nil }.lines.isEmpty)
        let worst = try results { $0 }.lines.map(\.name)
        #expect(worst == ["as sure, wrong", "sure, wrong", "torn, wrong", "sure, right", "torn, right"])
    }

    @Test func `Of several labels a sample, a group is told where every class is`() throws {
        let predictions = try MultiLabelPredictions(
            classNames: ["sea", "dog"],
            rows: [
                .init(identifier: "1", labels: [true, false], scores: [0.9, 0.1], group: "beach"),
                .init(identifier: "2", labels: [true, true], scores: [0.9, 0.1], group: "beach"),
                .init(identifier: "3", labels: [false, false], scores: [0.1, 0.1]),
            ])
        let lines = GroupResults(predictions).lines
        #expect(lines.map(\.name) == ["beach"] && lines[0].count == 2 && lines[0].correct == 1)
    }
}
