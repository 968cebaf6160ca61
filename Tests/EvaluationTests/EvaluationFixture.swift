import Evaluation
import Foundation
import TestSupport
import Testing

/// What scikit-learn made of given labels and scores; see `Tests/Fixtures/evaluation/make.py`.
struct EvaluationFixture: Decodable, CustomTestStringConvertible {
    struct Curve: Decodable {
        var fpr: [Double]
        var tpr: [Double]
        var thresholds: [Double]?
        var auc: Double
    }

    struct ROC: Decodable {
        var classes: [Curve?]
        var allPoints: [Curve?]
        var micro: Curve
        var macro: Curve
        var macroAuc: Double
    }

    var name: String
    var labels: [Int]
    var scores: [[Double]]
    var predicted: [Int]
    var confusionMatrix: [[Int]]
    var normalized: [String: [[Double]]]
    var accuracy: Double
    var balancedAccuracy: Double
    var report: [[Double]]
    var undefined: [[String]]
    var macroAvg: [Double]
    var weightedAvg: [Double]
    var logLoss: Double
    var topK: [Double]
    var roc: ROC

    var testDescription: String { name }

    var classNames: [String] { scores[0].indices.map { "class \($0)" } }

    func predictions() throws -> Predictions {
        try Predictions(
            classNames: classNames,
            rows: zip(labels, scores).enumerated().map { index, row in
                Predictions.Row(identifier: "\(index).png", label: row.0, scores: row.1)
            })
    }

    static let all: [EvaluationFixture] = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? Data(contentsOf: Fixtures.url("evaluation/evaluation.json")),
            let cases = try? decoder.decode([Self].self, from: data)
        else { return [] }
        return cases
    }()
}

/// Whether two lists have the same length, and numbers that differ by 1e-9 at most.
func isClose(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { $0 == $1 || abs($0 - $1) <= 1e-9 }
}
