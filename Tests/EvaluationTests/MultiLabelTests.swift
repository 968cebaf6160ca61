import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct MultiLabelTests {
    /// What scikit-learn made of given predictions; see `Tests/Fixtures/multilabel/make.py`.
    private struct Fixture: Decodable {
        var names: [String]
        var labels: [[Int]]
        var scores: [[Double]]
        var accuracy: Double
        var hammingLoss: Double
        var logLoss: Double
        var confusion: [[Int]]
        var report: [String: [Double]]
        var averagePrecisions: [Double?]
        var areas: [Double]
        var microArea: Double
        var macroArea: Double

        static func load() throws -> Fixture {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(
                Self.self, from: Data(contentsOf: Fixtures.url("multilabel/multilabel.json")))
        }

        func predictions() throws -> MultiLabelPredictions {
            try MultiLabelPredictions(
                classNames: names,
                rows: zip(labels, scores).map { labels, scores in
                    .init(identifier: "x", labels: labels.map { $0 == 1 }, scores: scores)
                })
        }
    }

    @Test func `The surest mistakes are those of the classes that were told the most wrongly`() throws {
        let labels = [[true, false], [true, true], [false, false], [false, true]]
        let scores = [[0.2, 0.9], [0.9, 0.6], [0.7, 0.2], [0.5, 0.05]]
        let predictions = try MultiLabelPredictions(
            classNames: ["a", "b"],
            rows: zip(labels, scores).map { .init(identifier: "x", labels: $0, scores: $1) })
        // The first has both wrong, the second none.
        #expect(predictions.surestMistakes(9).map(\.row) == [3, 0, 2])
        #expect(predictions.surestMistakes(9).map(\.label) == [1, 1, 0])
        #expect(predictions.surestMistakes(1).first?.confidence == 0.95)
    }

    @Test func `The metrics of several labels are scikit-learn's`() throws {
        let fixture = try Fixture.load()
        let report = MultiLabelReport(try fixture.predictions())
        #expect(abs(report.subsetAccuracy - fixture.accuracy) < 1e-12)
        #expect(abs(report.hammingLoss - fixture.hammingLoss) < 1e-12)
        #expect(abs(report.logLoss - fixture.logLoss) < 1e-9)
        let counts = report.counts.map {
            [$0.trueNegatives, $0.falsePositives, $0.falseNegatives, $0.truePositives]
        }
        #expect(counts == fixture.confusion)
        for line in report.classes + report.averages {
            let expected = try #require(fixture.report[line.name])
            let found = [line.precision, line.recall, line.f1Score, Double(line.support)]
            for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-9) }
        }
        for (found, expected) in zip(report.averagePrecisions, fixture.averagePrecisions) {
            #expect((found == nil) == (expected == nil))
            #expect(abs((found ?? 0) - (expected ?? 0)) < 1e-9)
        }
    }

    @Test func `The areas under the curves of several labels are scikit-learn's`() throws {
        let fixture = try Fixture.load()
        let roc = OneVsRestROC(try fixture.predictions())
        for (found, expected) in zip(roc.classes, fixture.areas) {
            #expect(abs((found.curve?.auc ?? 0) - expected) < 1e-9)
        }
        #expect(roc.undefinedClasses == ["never"])
        #expect(abs((roc.microAverage?.auc ?? 0) - fixture.microArea) < 1e-9)
        #expect(abs((roc.macroAUC ?? 0) - fixture.macroArea) < 1e-9)
    }

    @Test func `Predictions of several labels that make no sense are refused`() {
        func expect(_ error: EvaluationError, _ row: MultiLabelPredictions.Row) {
            #expect(throws: error) { try MultiLabelPredictions(classNames: ["a", "b"], rows: [row]) }
        }
        expect(
            .scoreCount(identifier: "x", expected: 2, found: 1),
            .init(identifier: "x", labels: [true], scores: [0, 1]))
        expect(
            .scoreCount(identifier: "x", expected: 2, found: 3),
            .init(identifier: "x", labels: [true, false], scores: [0, 1, 0]))
        expect(
            .notAProbability(1.5, identifier: "x", className: "b"),
            .init(identifier: "x", labels: [true, false], scores: [0, 1.5]))
        #expect(throws: EvaluationError.noPredictions) {
            try MultiLabelPredictions(classNames: ["a", "b"], rows: [])
        }
    }
}
