/// The ROC curves of a problem with several classes, each class against the rest, with their averages.
///
/// There are two macro averages, and they are different numbers:
/// - ``macroAverage`` is a curve, the mean of the classes' curves, as scikit-learn's example "plot_roc"
///   draws it; its ``ROCCurve/auc`` is the area under that drawn curve.
/// - ``macroAUC`` is the mean of the classes' areas: `roc_auc_score(…, multi_class="ovr",
///   average="macro")`.
///
/// A class without positives or without negatives has no curve. It is named in ``undefinedClasses`` and
/// left out of both macro averages, where `roc_auc_score` gives up.
public struct OneVsRestROC: Sendable, Equatable {
    /// One class against the rest.
    public struct ClassCurve: Sendable, Equatable {
        /// The class's name.
        public let name: String
        /// How many samples are of the class.
        public let positives: Int
        /// How many samples are not.
        public let negatives: Int
        /// The curve; nil where there are no positives or no negatives.
        public let curve: ROCCurve?
    }

    /// The classes' curves, in the classes' order.
    public let classes: [ClassCurve]
    /// The curve of all scores together, each a decision of its own; nil where there is only one class.
    public let microAverage: ROCCurve?
    /// The mean of the classes' true positive rates at every false positive rate that occurs; nil where no
    /// class has a curve.
    public let macroAverage: ROCCurve?

    /// The curves of some predictions.
    /// - Parameter dropIntermediate: whether points in the middle of a straight line are left out.
    public init(_ predictions: Predictions, dropIntermediate: Bool = true) {
        self.init(
            predictions.classNames,
            predictions.rows.map { row in (row.scores.indices.map { $0 == row.label }, row.scores) },
            dropIntermediate)
    }

    /// The curves of predictions of several classes each.
    /// - Parameter dropIntermediate: whether points in the middle of a straight line are left out.
    public init(_ predictions: MultiLabelPredictions, dropIntermediate: Bool = true) {
        self.init(predictions.classNames, predictions.rows.map { ($0.labels, $0.scores) }, dropIntermediate)
    }

    private init(
        _ classNames: [String], _ rows: [(labels: [Bool], scores: [Double])], _ dropIntermediate: Bool
    ) {
        classes = classNames.enumerated().map { index, name in
            let isPositive = rows.map { $0.labels[index] }
            let positives = isPositive.count { $0 }
            return ClassCurve(
                name: name, positives: positives, negatives: rows.count - positives,
                curve: ROCCurve(
                    isPositive: isPositive, scores: rows.map { $0.scores[index] },
                    dropIntermediate: dropIntermediate))
        }
        microAverage = ROCCurve(
            isPositive: rows.flatMap(\.labels), scores: rows.flatMap(\.scores),
            dropIntermediate: dropIntermediate)
        macroAverage = ROCCurve(averaging: classes.compactMap(\.curve))
    }

    /// The mean of the areas of the classes that have a curve; nil where none has.
    public var macroAUC: Double? {
        let areas = classes.compactMap { $0.curve?.auc }
        return areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
    }

    /// The names of the classes that have no curve.
    public var undefinedClasses: [String] { classes.filter { $0.curve == nil }.map(\.name) }
}

extension ROCCurve {
    /// The mean of several curves at every false positive rate that occurs in one of them.
    fileprivate init?(averaging curves: [ROCCurve]) {
        guard !curves.isEmpty else { return nil }
        let rates = Set(curves.flatMap(\.fpr)).sorted()
        var sums = [Double](repeating: 0, count: rates.count)
        for curve in curves { curve.addInterpolated(at: rates, to: &sums) }
        self.init(fpr: rates, tpr: sums.map { $0 / Double(curves.count) }, thresholds: [])
    }

    /// Adds the true positive rates at rising false positive rates, as NumPy's `interp` has them: straight
    /// lines between the points, and of points above each other the last.
    private func addInterpolated(at rates: [Double], to sums: inout [Double]) {
        var point = 0
        for (index, rate) in rates.enumerated() {
            while point + 1 < fpr.count, fpr[point + 1] <= rate { point += 1 }
            guard point + 1 < fpr.count else {
                sums[index] += tpr[point]
                continue
            }
            let slope = (tpr[point + 1] - tpr[point]) / (fpr[point + 1] - fpr[point])
            sums[index] += tpr[point] + slope * (rate - fpr[point])
        }
    }
}
