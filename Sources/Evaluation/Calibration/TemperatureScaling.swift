import Foundation

/// One number that all logits are divided by, so that probabilities mean what they say: above 1 it makes a
/// classifier less sure of itself. It changes no predicted class.
///
/// Guo et al., "On calibration of modern neural networks", ICML 2017.
public struct TemperatureScaling: Sendable, Equatable {
    /// What logits are divided by; greater than 0.
    public let temperature: Double

    /// Temperatures are looked for in this range; the end of it where the best one lies beyond, as for
    /// predictions that are all right, of which no certainty is too great.
    public static let range = 0.01...100.0

    /// A temperature that is known.
    public init(temperature: Double) { self.temperature = temperature }

    /// The temperature with the least log loss of some predictions, which should be those of validation.
    ///
    /// The loss is convex in the temperature's inverse, so that its slope is zero at one place at most, which
    /// is found by halving.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public init(fittedTo predictions: Predictions) throws(EvaluationError) {
        try predictions.checkProbabilities()
        let logits = predictions.rows.map { $0.scores.map(Self.logit) }
        func slope(_ inverse: Double) -> Double {
            zip(predictions.rows, logits).reduce(0) { sum, row in
                let scaled = Self.softmax(row.1.map { $0 * inverse })
                return sum + zip(scaled, row.1).reduce(0) { $0 + $1.0 * $1.1 } - row.1[row.0.label]
            }
        }
        var (low, high) = (1 / Self.range.upperBound, 1 / Self.range.lowerBound)
        guard slope(low) < 0 else {
            temperature = 1 / low
            return
        }
        guard slope(high) > 0 else {
            temperature = 1 / high
            return
        }
        while high - low > 1e-14 * high {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if slope(middle) < 0 { low = middle } else { high = middle }
        }
        temperature = 2 / (low + high)
    }

    /// What takes this scaling back.
    public var inverse: TemperatureScaling { TemperatureScaling(temperature: 1 / temperature) }

    /// Probabilities as they come out at this temperature.
    public func callAsFunction(_ probabilities: [Double]) -> [Double] {
        Self.softmax(probabilities.map { Self.logit($0) / temperature })
    }

    /// Predictions as they come out at this temperature.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public func callAsFunction(_ predictions: Predictions) throws(EvaluationError) -> Predictions {
        try predictions.checkProbabilities()
        return try Predictions(
            classNames: predictions.classNames,
            rows: predictions.rows.map { row in
                Predictions.Row(
                    identifier: row.identifier, label: row.label, scores: self(row.scores), group: row.group)
            })
    }

    /// The logarithm of a probability: a logit but for a constant, which softmax takes out again. What a Float32
    /// softmax rounds to 0 counts as the least number that it does not.
    private static func logit(_ probability: Double) -> Double {
        log(max(probability, Double(Float.leastNonzeroMagnitude)))
    }

    private static func softmax(_ logits: [Double]) -> [Double] {
        let greatest = logits.max() ?? 0
        let powers = logits.map { exp($0 - greatest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}
