import Foundation

extension Predictions {
    /// The mean negative logarithm of the true class's probability: scikit-learn's `log_loss`.
    ///
    /// Probabilities are kept at least 2⁻⁵² away from 0 and 1, so that one certain mistake is not infinite.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public func logLoss() throws(EvaluationError) -> Double {
        let epsilon = Double.ulpOfOne
        var sum = 0.0
        for row in rows {
            if let index = row.scores.firstIndex(where: { !(0...1).contains($0) }) {
                throw .notAProbability(
                    row.scores[index], identifier: row.identifier, className: classNames[index])
            }
            sum -= log(min(max(row.scores[row.label], epsilon), 1 - epsilon))
        }
        return sum / Double(rows.count)
    }
}
