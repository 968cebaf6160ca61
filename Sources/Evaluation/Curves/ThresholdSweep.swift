/// What a falling threshold lets through: scikit-learn's `confusion_matrix_at_thresholds`.
struct ThresholdSweep {
    /// The state at one threshold.
    struct Point {
        /// The score from which on a sample counts as positive.
        var threshold: Double
        var truePositives: Int
        var falsePositives: Int
    }

    /// One point for each different score, from the greatest on.
    let points: [Point]

    init(_ decisions: Decisions) {
        let scores = decisions.scores
        var points: [Point] = []
        var (positives, negatives) = (0, 0)
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        for (position, index) in order.enumerated() {
            if decisions.isPositive[index] { positives += 1 } else { negatives += 1 }
            let isTied = position + 1 < order.count && scores[order[position + 1]] == scores[index]
            guard !isTied else { continue }
            points.append(
                Point(threshold: scores[index], truePositives: positives, falsePositives: negatives))
        }
        self.points = points
    }

    /// Leaves out the points between the first and the last with the same number of true positives, as
    /// scikit-learn's `drop_intermediate` does for precision-recall and DET curves.
    static func ends(of points: [Point]) -> [Point] {
        guard points.count > 2 else { return points }
        return points.indices.filter { index in
            guard index > 0, index + 1 < points.count else { return true }
            return points[index - 1].truePositives != points[index].truePositives
                || points[index].truePositives != points[index + 1].truePositives
        }.map { points[$0] }
    }
}
