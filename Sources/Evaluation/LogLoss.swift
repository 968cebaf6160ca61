import Foundation

extension Predictions {
    /// The mean negative logarithm of the true class's probability: scikit-learn's `log_loss`.
    ///
    /// Probabilities are kept at least 2⁻⁵² away from 0 and 1, so that one certain mistake is not infinite.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public func logLoss() throws(EvaluationError) -> Double {
        try checkProbabilities()
        let epsilon = Double.ulpOfOne
        let sum = rows.reduce(0) { $0 - log(min(max($1.scores[$1.label], epsilon), 1 - epsilon)) }
        return sum / Double(rows.count)
    }
}
