/// How often samples of each class were taken for each class: scikit-learn's `confusion_matrix`.
public struct ConfusionMatrix: Sendable, Equatable {
    /// What shares are shares of: the values of scikit-learn's `normalize`.
    public enum Normalization: String, Sendable, CaseIterable {
        /// Of the samples that truly are of the row's class.
        case `true`
        /// Of the samples that were taken for the column's class.
        case pred
        /// Of all samples.
        case all
    }

    /// The classes' names, in the order of rows and columns.
    public let classNames: [String]
    /// The numbers of samples, `[true class][predicted class]`.
    public let counts: [[Int]]

    /// A matrix of counts that is known to be whole.
    package init(classNames: [String], counts: [[Int]]) {
        self.classNames = classNames
        self.counts = counts
    }

    /// The matrix of some predictions.
    public init(_ predictions: Predictions) {
        classNames = predictions.classNames
        counts = Self.count(predictions.labels, predictions.predictedLabels, classes: classNames.count)
    }

    /// The matrix of labels and predictions that are class numbers.
    /// - Throws: ``EvaluationError`` where there are no classes or labels, a class occurs twice, or labels
    ///   and predictions differ in number or are not class numbers.
    public init(classNames: [String], labels: [Int], predictions: [Int]) throws(EvaluationError) {
        try checkClassNames(classNames)
        guard labels.count == predictions.count else {
            throw .predictionCount(labels: labels.count, predictions: predictions.count)
        }
        guard !labels.isEmpty else { throw .noPredictions }
        for list in [labels, predictions] {
            if let index = list.firstIndex(where: { !classNames.indices.contains($0) }) {
                throw .label(list[index], identifier: "\(index)", classes: classNames.count)
            }
        }
        self.classNames = classNames
        counts = Self.count(labels, predictions, classes: classNames.count)
    }

    /// How many samples there are.
    public var sampleCount: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

    /// How many samples truly are of each class.
    public var trueCounts: [Int] { counts.map { $0.reduce(0, +) } }

    /// How many samples were taken for each class.
    public var predictedCounts: [Int] {
        counts.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    }

    /// The matrix as shares; 0 in a row or column without samples, as scikit-learn has it.
    public func normalized(by normalization: Normalization) -> [[Double]] {
        let (rows, columns, all) = (trueCounts, predictedCounts, sampleCount)
        return counts.indices.map { row in
            counts.indices.map { column in
                let whole =
                    switch normalization {
                    case .true: rows[row]
                    case .pred: columns[column]
                    case .all: all
                    }
                return whole == 0 ? 0 : Double(counts[row][column]) / Double(whole)
            }
        }
    }

    /// The share of samples that were taken for what they are: `accuracy_score`.
    public var accuracy: Double {
        Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(sampleCount)
    }

    /// The mean recall of the classes that occur among the labels: `balanced_accuracy_score`.
    public var balancedAccuracy: Double {
        let occurring = zip(trueCounts, counts.indices).filter { $0.0 > 0 }
        let recalls = occurring.map { Double(counts[$0.1][$0.1]) / Double($0.0) }
        return recalls.reduce(0, +) / Double(recalls.count)
    }

    private static func count(_ labels: [Int], _ predictions: [Int], classes: Int) -> [[Int]] {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (label, prediction) in zip(labels, predictions) { counts[label][prediction] += 1 }
        return counts
    }
}
