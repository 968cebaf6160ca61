import Evaluation
import Foundation
import TestSupport
import Testing

/// What scikit-learn, SciPy and the papers' formulas make of ``EvaluationFixture``'s cases; see
/// `Tests/Fixtures/evidence/make.py`.
struct EvidenceFixture: Decodable, Sendable {
    struct PrecisionRecall: Decodable, Sendable {
        var precision: [Double]
        var recall: [Double]
        var thresholds: [Double]
        var averagePrecision: Double
    }

    struct DET: Decodable, Sendable {
        var fpr: [Double]
        var fnr: [Double]
        var thresholds: [Double]
    }

    struct Curves<Curve: Decodable & Sendable>: Decodable, Sendable {
        var classes: [Curve?]
        var allPoints: [Curve?]
        var micro: Curve?
    }

    struct Reliability: Decodable, Sendable {
        var counts: [Int]
        var accuracies: [Double]
        var confidences: [Double]
        var ece: Double
        var mce: Double
    }

    struct Case: Decodable, Sendable {
        var name: String
        var precisionRecall: Curves<PrecisionRecall>
        var det: Curves<DET>
        /// The area, its standard error, and the interval's ends.
        var deLong: [[Double]?]
        /// The interval's ends and the number of resamples.
        var bootstrap: [[Double]?]
        /// With ten bins, and with fifteen.
        var calibration: [Reliability]
        var brier: Double
        var kappa: Double?
        var mcc: Double
        /// Precision, recall, F1 and specificity at tenths, class after class.
        var thresholds: [[Double]]
    }

    /// A matrix of counts, with the order of its classes.
    struct Clustering: Decodable, Sendable {
        var counts: [[Int]]
        var order: [Int]
    }

    /// Predictions, with the temperature that suits them best and the log loss at it.
    struct Temperature: Decodable, Sendable {
        var labels: [Int]
        var scores: [[Double]]
        var temperature: Double
        var logLoss: Double
    }

    var clustering: [Clustering]
    var temperatures: [Temperature]
    var resamples: Int
    var seed: UInt64
    /// Probabilities with the standard normal distribution's quantiles.
    var quantiles: [[Double]]
    var cases: [Case]

    static let shared: EvidenceFixture? = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return (try? Data(contentsOf: Fixtures.url("evidence/evidence.json")))
            .flatMap { try? decoder.decode(Self.self, from: $0) }
    }()

    /// What is expected of a case.
    static func expected(_ fixture: EvaluationFixture) throws -> Case {
        try #require(shared?.cases.first { $0.name == fixture.name })
    }
}
