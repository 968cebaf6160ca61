/// Whether probabilities mean what they say: of all samples of which the predicted class has the probability
/// 0.8, eight in ten should be of it.
///
/// Guo et al., "On calibration of modern neural networks", ICML 2017; the bins are those of scikit-learn's
/// `calibration_curve`, of equal width.
public struct Calibration: Sendable, Equatable {
    /// Samples whose confidence is about the same.
    public struct Bin: Sendable, Equatable {
        /// The confidences that belong here: above the lower bound, up to the upper; the first includes 0.
        public let bounds: ClosedRange<Double>
        /// How many samples there are.
        public let count: Int
        /// Their mean confidence; nil where there are none.
        public let confidence: Double?
        /// The share of them that is right; nil where there are none.
        public let accuracy: Double?
    }

    /// The bins, by rising confidence.
    public let bins: [Bin]
    /// The mean distance of accuracy and confidence, weighted by the bins' samples.
    public let expectedError: Double
    /// The greatest such distance.
    public let maximumError: Double
    /// How much greater the mean confidence is than the accuracy; negative for a classifier that is too modest.
    public let overconfidence: Double

    /// The calibration of the predicted classes' probabilities.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public init(_ predictions: Predictions, bins: Int = 10) throws(EvaluationError) {
        try predictions.checkProbabilities()
        self.init(
            confidences: predictions.rows.map { $0.scores[$0.predictedLabel] },
            isRight: predictions.rows.map { $0.label == $0.predictedLabel }, bins: bins)
    }

    /// The calibration of the probabilities of all decisions, one a sample and class.
    public init(_ predictions: MultiLabelPredictions, bins: Int = 10) {
        self.init(predictions.pooledDecisions, bins: bins)
    }

    /// The calibration of the probabilities of some decisions, which lie from 0 to 1.
    public init(_ decisions: Decisions, bins: Int = 10) {
        self.init(confidences: decisions.scores, isRight: decisions.isPositive, bins: bins)
    }

    private init(confidences: [Double], isRight: [Bool], bins count: Int) {
        // As NumPy's `linspace` has them, rounding included: what lies upon an edge must fall as there.
        let step = 1 / Double(count)
        let edges = (0..<count).map { Double($0) * step } + [1]
        var members = [[Int]](repeating: [], count: count)
        for (index, confidence) in confidences.enumerated() {
            let bin = edges[1..<count].firstIndex { $0 >= confidence }.map { $0 - 1 } ?? count - 1
            members[bin].append(index)
        }
        bins = members.enumerated().map { bin, members in
            let share = 1 / Double(members.count)
            return Bin(
                bounds: edges[bin]...edges[bin + 1], count: members.count,
                confidence: members.isEmpty ? nil : members.reduce(0) { $0 + confidences[$1] } * share,
                accuracy: members.isEmpty ? nil : Double(members.count { isRight[$0] }) * share)
        }
        let gaps = bins.map { bin in (bin.confidence ?? 0) - (bin.accuracy ?? 0) }
        let total = Double(confidences.count)
        expectedError = zip(bins, gaps).reduce(0) { $0 + Double($1.0.count) / total * abs($1.1) }
        maximumError = gaps.map(abs).max() ?? 0
        overconfidence = zip(bins, gaps).reduce(0) { $0 + Double($1.0.count) / total * $1.1 }
    }
}
