extension Predictions {
    /// The mean squared distance of the probabilities from what is so, summed over the classes: scikit-learn's
    /// `brier_score_loss`, which halves it for two classes (`scale_by_half="auto"`).
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public func brierScore() throws(EvaluationError) -> Double {
        try checkProbabilities()
        let sum = rows.reduce(0.0) { sum, row in
            row.scores.enumerated().reduce(sum) { sum, score in
                let distance = score.element - (score.offset == row.label ? 1 : 0)
                return sum + distance * distance
            }
        }
        return sum / Double(rows.count) / (classNames.count == 2 ? 2 : 1)
    }

    /// Makes sure that all scores are probabilities.
    func checkProbabilities() throws(EvaluationError) {
        for row in rows {
            if let index = row.scores.firstIndex(where: { !(0...1).contains($0) }) {
                throw .notAProbability(
                    row.scores[index], identifier: row.identifier, className: classNames[index])
            }
        }
    }
}

extension MultiLabelPredictions {
    /// The mean squared distance of each class's probability from what is so: the mean of scikit-learn's
    /// `brier_score_loss` over the classes.
    public var brierScore: Double {
        let decisions = pooledDecisions
        let sum = zip(decisions.isPositive, decisions.scores).reduce(0.0) { sum, decision in
            let distance = decision.1 - (decision.0 ? 1 : 0)
            return sum + distance * distance
        }
        return sum / Double(decisions.scores.count)
    }
}
