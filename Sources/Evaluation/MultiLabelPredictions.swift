/// What a classifier said about samples that may be of several classes each, or of none.
public struct MultiLabelPredictions: Sendable, Equatable {
    /// One sample.
    public struct Row: Sendable, Equatable {
        /// What the sample is called, such as its file.
        public let identifier: String
        /// Whether it is of each class.
        public let labels: [Bool]
        /// The probability of each class; they need not sum to one.
        public let scores: [Double]
        /// What the sample belongs to, such as the place that a picture shows; nil where that is not known.
        public let group: String?

        /// A sample.
        public init(identifier: String, labels: [Bool], scores: [Double], group: String? = nil) {
            self.identifier = identifier
            self.labels = labels
            self.scores = scores
            self.group = group
        }
    }

    /// The classes' names, in the order of their numbers.
    public let classNames: [String]
    /// The samples, at least one.
    public let rows: [Row]
    /// A class is predicted where its probability is above.
    public let threshold: Double
    /// Above this a class is told, where nothing else is asked for: it is likelier than not.
    public static let usualThreshold = 0.5

    /// Predictions that make sense together.
    /// - Throws: ``EvaluationError`` where there are no rows or classes, a class occurs twice, a row has more
    ///   or fewer labels or scores than there are classes, or a score is not a probability.
    public init(
        classNames: [String], rows: [Row], threshold: Double = usualThreshold
    ) throws(EvaluationError) {
        try checkClassNames(classNames)
        guard !rows.isEmpty else { throw .noPredictions }
        for row in rows {
            for found in [row.labels.count, row.scores.count] where found != classNames.count {
                throw .scoreCount(identifier: row.identifier, expected: classNames.count, found: found)
            }
            if let index = row.scores.firstIndex(where: { !(0...1).contains($0) }) {
                throw .notAProbability(
                    row.scores[index], identifier: row.identifier, className: classNames[index])
            }
        }
        self.classNames = classNames
        self.rows = rows
        self.threshold = threshold
    }

    /// Which classes are predicted for a sample.
    public func predictedLabels(of row: Row) -> [Bool] { row.scores.map { $0 > threshold } }

    /// The names of some classes, in their order.
    public func names(_ labels: [Bool]) -> [String] {
        zip(classNames, labels).filter(\.1).map(\.0)
    }
}
