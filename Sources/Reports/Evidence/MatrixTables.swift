import Evaluation

/// The column of the classes' names in a confusion matrix: rows are true classes, columns predicted ones.
private let cornerName = "true \\ predicted"

extension CSVTable {
    /// The counts of a confusion matrix: a row a true class, a column a predicted class.
    public init(_ matrix: ConfusionMatrix) {
        self.init(
            header: [cornerName] + matrix.classNames,
            rows: zip(matrix.classNames, matrix.counts).map { name, counts in
                [name] + counts.map { "\($0)" }
            })
    }

    /// The shares of a confusion matrix: a row a true class, a column a predicted class.
    public init(_ matrix: ConfusionMatrix, normalizedBy normalization: ConfusionMatrix.Normalization) {
        self.init(
            header: [cornerName] + matrix.classNames,
            rows: zip(matrix.classNames, matrix.normalized(by: normalization)).map { name, shares in
                [name] + shares.map(Self.field)
            })
    }

    /// A classification report, with scikit-learn's lines and columns, and a column that names the values
    /// of a line that are 0 because they are undefined.
    public init(_ report: ClassificationReport) {
        let accuracy = ["accuracy", "", "", Self.field(report.accuracy), "\(report.support)", ""]
        self.init(
            header: Self.reportHeader,
            rows: report.classes.map(Self.line)
                + [accuracy, Self.line(report.macroAverage), Self.line(report.weightedAverage)])
    }

    /// The columns of a classification report.
    static var reportHeader: [String] {
        ["class", "precision", "recall", "f1-score", "support", "undefined"]
    }

    /// A line of a classification report.
    static func line(_ scores: ClassificationReport.Scores) -> [String] {
        let undefined = ClassificationReport.Metric.allCases.filter(scores.undefined.contains)
        return [scores.name] + [scores.precision, scores.recall, scores.f1Score].map(Self.field)
            + ["\(scores.support)", undefined.map(\.rawValue).joined(separator: " ")]
    }
}
