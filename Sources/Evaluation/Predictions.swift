/// What a classifier said about labelled samples; all metrics are worked out from it.
public struct Predictions: Sendable, Equatable {
    /// One sample.
    public struct Row: Sendable, Equatable {
        /// What the sample is called, such as its file.
        public let identifier: String
        /// The number of its true class.
        public let label: Int
        /// One score a class, the greater the likelier; most often probabilities that sum to one.
        public let scores: [Double]
        /// What the sample belongs to, such as the person that a picture shows; nil where that is not known.
        public let group: String?

        /// A sample.
        public init(identifier: String, label: Int, scores: [Double], group: String? = nil) {
            self.identifier = identifier
            self.label = label
            self.scores = scores
            self.group = group
        }

        /// The number of the class with the greatest score; of tied classes the first, as NumPy's `argmax`.
        public var predictedLabel: Int {
            var best = 0
            for index in scores.indices.dropFirst() where scores[index] > scores[best] { best = index }
            return best
        }
    }

    /// The classes' names, in the order of their numbers.
    public let classNames: [String]
    /// The samples, at least one.
    public let rows: [Row]

    /// Predictions that make sense together.
    /// - Throws: ``EvaluationError`` where there are no rows or classes, a class occurs twice, a label is
    ///   not a class's number, a row has another number of scores than there are classes, or a score is
    ///   not finite.
    public init(classNames: [String], rows: [Row]) throws(EvaluationError) {
        try checkClassNames(classNames)
        guard !rows.isEmpty else { throw .noPredictions }
        for row in rows { try Self.check(row, classNames) }
        self.classNames = classNames
        self.rows = rows
    }

    /// The rows' true labels.
    public var labels: [Int] { rows.map(\.label) }

    /// The rows' predicted labels.
    public var predictedLabels: [Int] { rows.map(\.predictedLabel) }

    private static func check(_ row: Row, _ classNames: [String]) throws(EvaluationError) {
        guard classNames.indices.contains(row.label) else {
            throw .label(row.label, identifier: row.identifier, classes: classNames.count)
        }
        guard row.scores.count == classNames.count else {
            throw .scoreCount(
                identifier: row.identifier, expected: classNames.count, found: row.scores.count)
        }
        if let index = row.scores.firstIndex(where: { !$0.isFinite }) {
            throw .scoreNotFinite(
                row.scores[index], identifier: row.identifier, className: classNames[index])
        }
    }
}

/// Makes sure that there are classes, and that each has a name of its own.
func checkClassNames(_ classNames: [String]) throws(EvaluationError) {
    guard !classNames.isEmpty else { throw .noClasses }
    var seen: Set<String> = []
    for name in classNames where !seen.insert(name).inserted { throw .duplicateClass(name) }
}
