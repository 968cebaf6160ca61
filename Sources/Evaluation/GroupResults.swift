/// How well each group of samples is told, such as the pictures of one person: a mean over all samples hides that
/// some people are never recognised.
public struct GroupResults: Sendable, Equatable {
    /// The result of one group.
    public struct Line: Sendable, Equatable {
        /// The group's name.
        public let name: String
        /// How many samples it has.
        public let count: Int
        /// How many of them were taken for what they are.
        public let correct: Int

        /// The share that was taken for what it is.
        public var accuracy: Double { Double(correct) / Double(count) }
        /// Where that lies with 95 % confidence: Wilson's interval.
        public var interval: ConfidenceInterval { ConfidenceInterval(count: correct, of: count) }
    }

    /// The groups, the worst told first, and of equals by name.
    public let lines: [Line]

    /// The results of the samples that have a group.
    /// - Parameter group: the group of a sample, by its identifier; nil for none.
    public init(_ predictions: Predictions, group: (String) -> String?) {
        var counts: [String: (count: Int, correct: Int)] = [:]
        for row in predictions.rows {
            guard let name = group(row.identifier) else { continue }
            counts[name, default: (0, 0)].count += 1
            if row.label == row.predictedLabel { counts[name, default: (0, 0)].correct += 1 }
        }
        lines = counts.map { Line(name: $0.key, count: $0.value.count, correct: $0.value.correct) }
            .sorted { ($0.accuracy, $0.name) < ($1.accuracy, $1.name) }
    }
}
