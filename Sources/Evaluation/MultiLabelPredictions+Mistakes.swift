extension MultiLabelPredictions {
    /// A class that a sample was told to be of, or not, wrongly.
    public struct Mistake: Sendable, Equatable {
        /// The sample's position in ``rows``.
        public let row: Int
        /// The class.
        public let label: Int
        /// The probability that was given to what is not so.
        public let confidence: Double
    }

    /// The samples with a class that was told wrongly, the surest first; of each, the class that was the surest.
    public func surestMistakes(_ count: Int) -> [Mistake] {
        let worst = rows.enumerated().compactMap { index, row in
            zip(row.labels, predictedLabels(of: row)).enumerated().compactMap { label, pair in
                pair.0 == pair.1
                    ? nil
                    : Mistake(
                        row: index, label: label,
                        confidence: pair.1 ? row.scores[label] : 1 - row.scores[label])
            }.max { ($0.confidence, $1.label) < ($1.confidence, $0.label) }
        }
        return Array(worst.sorted { ($1.confidence, $0.row) < ($0.confidence, $1.row) }.prefix(count))
    }
}
