extension Predictions {
    /// A sample that tells something, by its position in ``rows``.
    public struct Telling: Sendable, Equatable {
        /// The position in ``Predictions/rows``.
        public let row: Int
        /// The probability of the predicted class.
        public let confidence: Double
        /// How far that is above the second class's; 0 of a single class.
        public let margin: Double
    }

    /// The samples that were taken for another class with the greatest probability, the surest first.
    public func surestMistakes(_ count: Int) -> [Telling] {
        Array(
            telling.filter { rows[$0.row].label != rows[$0.row].predictedLabel }
                .sorted { ($1.confidence, $0.row) < ($0.confidence, $1.row) }.prefix(count))
    }

    /// The samples whose two likeliest classes are the closest, the least certain first.
    public func leastCertain(_ count: Int) -> [Telling] {
        Array(telling.sorted { ($0.margin, $0.row) < ($1.margin, $1.row) }.prefix(count))
    }

    /// One sample of each cell of the confusion matrix, the surest: `[true class][predicted class]`, nil where a
    /// cell is empty.
    public var surestOfEachCell: [[Telling?]] {
        var cells = [[Telling?]](
            repeating: [Telling?](repeating: nil, count: classNames.count), count: classNames.count)
        for sample in telling {
            let (label, predicted) = (rows[sample.row].label, rows[sample.row].predictedLabel)
            if let found = cells[label][predicted], found.confidence >= sample.confidence { continue }
            cells[label][predicted] = sample
        }
        return cells
    }

    private var telling: [Telling] {
        rows.enumerated().map { index, row in
            let predicted = row.predictedLabel
            let second = row.scores.indices.filter { $0 != predicted }.map { row.scores[$0] }.max()
            let confidence = row.scores[predicted]
            return Telling(row: index, confidence: confidence, margin: second.map { confidence - $0 } ?? 0)
        }
    }
}
