extension Predictions {
    /// The share of samples whose true class is among the k with the greatest scores: scikit-learn's
    /// `top_k_accuracy_score`.
    ///
    /// Of tied classes the last comes first, which is scikit-learn's order and not `argmax`'s; of two
    /// classes, where scikit-learn compares one score with a threshold, the first.
    /// - Throws: ``EvaluationError/topK(_:classes:)`` where k is not from 1 to the number of classes.
    public func topKAccuracy(_ k: Int) throws(EvaluationError) -> Double {
        guard (1...classNames.count).contains(k) else { throw .topK(k, classes: classNames.count) }
        let hits = rows.count { row in
            let own = row.scores[row.label]
            let ahead = row.scores.enumerated().count { index, score in
                let winsTie = classNames.count == 2 ? index < row.label : index > row.label
                return score > own || (score == own && winsTie)
            }
            return ahead < k
        }
        return Double(hits) / Double(rows.count)
    }
}
