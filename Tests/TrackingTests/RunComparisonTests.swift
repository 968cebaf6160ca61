import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

@testable import Tracking

@Suite struct RunComparisonTests {
    private static let truth = [0, 0, 1, 1, 2, 2, 2, 0]

    private func run(
        _ name: String, _ predicted: [Int], truth: [Int] = Self.truth, settings: [String: Fact] = [:],
        offset: Int = 0
    ) throws -> ComparedRun {
        let rows = zip(truth, predicted).enumerated().map { index, pair in
            Predictions.Row(
                identifier: "picture \(index + offset)", label: pair.0,
                scores: (0..<3).map { $0 == pair.1 ? 0.8 : 0.1 })
        }
        return ComparedRun(
            name: name, settings: settings, history: LearningHistory(epochs: []),
            predictions: try Predictions(classNames: ["a", "b", "c"], rows: rows))
    }

    @Test func `The metrics are scikit-learn's, of all samples as of some`() throws {
        let judged = JudgedSamples(
            try #require(try run("x", [0, 1, 1, 1, 2, 0, 2, 2]).predictions).rows,
            classNames: ["a", "b", "c"])
        // The samples 0, 0, 3, 5, 5, 7, 2 and 1.
        let some = judged.values([2, 1, 1, 1, 0, 2, 0, 1])
        func close(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) < 1e-12 }
        #expect(JudgedSamples.metrics == ["accuracy", "balanced_accuracy", "f1_macro"])
        #expect(close(judged.values[2], 0.6222222222222222))
        #expect(close(judged.values[1], 0.6666666666666666))
        #expect(close(some[2], 0.43333333333333335) && close(some[1], 0.5))
        #expect(close(judged.values[0], 0.625))
    }

    @Test func `Only settings that differ are shown, also where a run has none`() throws {
        let comparison = try RunComparison(
            [
                run("one", Self.truth, settings: ["seed": .number(1), "name": .text("x"), "l2": .number(0)]),
                run("two", Self.truth, settings: ["seed": .number(2), "name": .text("x")]),
            ], draws: 100)
        #expect(comparison.differences.map(\.key) == ["l2", "seed"])
        #expect(comparison.differences[0].values == [.number(0), nil])
    }

    @Test func `A pair is judged by the pictures of both, and one that is always better is significantly so`()
        throws
    {
        let truth = (0..<60).map { $0 % 3 }
        let worse = truth.enumerated().map { $0.offset % 2 == 0 ? $0.element : ($0.element + 1) % 3 }
        let comparison = try RunComparison([
            run("worse", worse, truth: truth), run("better", truth, truth: truth),
        ])
        let pair = try #require(comparison.pairs.first)
        #expect(pair.samples == 60 && pair.test.onlySecond == 30 && pair.test.onlyFirst == 0)
        #expect(pair.differences[0].value == 0.5 && pair.differences[0].lower > 0.3)
        #expect(pair.differences[0].upper < 0.7 && pair.test.pValue < 1e-8)
        let apart = try RunComparison(
            [run("one", truth, truth: truth), run("other", truth, truth: truth, offset: 1000)])
        #expect(apart.pairs.isEmpty)
    }

    @Test func `One run alone is not compared`() throws {
        let only = try run("one", Self.truth)
        #expect(throws: TrackingError.comparison(reason: "expected two runs or more to compare, found 1")) {
            try RunComparison([only])
        }
    }

    @Test func `The tables and the drawing of two folders are written, and read back as they were`() throws {
        try RunSamples.with { samples in
            let folders = [try samples.write("a-001"), try samples.write("a-002", accuracy: 0.75)]
            for folder in folders {
                try EvidenceWriter(folder: folder).write(
                    try #require(run("x", [0, 1, 1, 1, 2, 0, 2, 2]).predictions))
            }
            let runs = try folders.map { try ComparedRun(name: $0.lastPathComponent, folder: $0) }
            #expect(runs[1].history.epochs.map(\.validationAccuracy) == [0.375, 0.75])
            let target = samples.runs.appending(path: "comparison")
            try RunComparison(runs, draws: 100).write(to: target)
            let names = try FileManager.default.contentsOfDirectory(atPath: target.path).sorted()
            #expect(
                names == [
                    "learning_curves.csv", "learning_curves.svg", "results.csv", "settings.csv", "tests.csv",
                ])
            let tests = try CSVReader(contentsOf: target.appending(path: "tests.csv"))
            #expect(tests.records.count == 3 && tests.records[0].fields[2] == "8")
        }
    }
}
