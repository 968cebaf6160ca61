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
    public init(_ predictions: Predictions) {
        self.init(predictions.rows.map { ($0.group, $0.label == $0.predictedLabel) })
    }

    /// The results of the samples that have a group; a sample is told where every class of it is.
    public init(_ predictions: MultiLabelPredictions) {
        self.init(predictions.rows.map { ($0.group, $0.labels == predictions.predictedLabels(of: $0)) })
    }

    private init(_ samples: [(group: String?, isRight: Bool)]) {
        var counts: [String: (count: Int, correct: Int)] = [:]
        for (group, isRight) in samples {
            guard let group else { continue }
            counts[group, default: (0, 0)].count += 1
            if isRight { counts[group, default: (0, 0)].correct += 1 }
        }
        lines = counts.map { Line(name: $0.key, count: $0.value.count, correct: $0.value.correct) }
            .sorted { ($0.accuracy, $0.name) < ($1.accuracy, $1.name) }
    }
}
