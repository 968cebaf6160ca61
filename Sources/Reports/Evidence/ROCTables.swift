import Evaluation

extension CSVTable {
    /// The points of ROC curves, one a line: the curve is a class's name, `micro` or `macro`. Points of the
    /// macro average have no threshold; a class without a curve has no lines.
    public init(_ roc: OneVsRestROC) {
        let curves =
            roc.classes.map { ($0.name, $0.curve) } + [
                ("micro", roc.microAverage), ("macro", roc.macroAverage),
            ]
        self.init(
            header: ["curve", "fpr", "tpr", "threshold"],
            rows: curves.flatMap { name, curve in curve.map { Self.points(name, $0) } ?? [] })
    }

    /// The areas under ROC curves: of the classes, of the micro and the macro average's curve, and
    /// `macro_ovr`, the mean of the classes' areas. Where an area is undefined, or leaves classes out, the
    /// last column says why.
    public init(areasOf roc: OneVsRestROC) {
        let undefined = roc.undefinedClasses
        let note = undefined.isEmpty ? "" : "without " + undefined.joined(separator: ", ")
        let averages = [
            ("micro", roc.microAverage?.auc, ""), ("macro", roc.macroAverage?.auc, note),
            ("macro_ovr", roc.macroAUC, note),
        ]
        self.init(
            header: ["curve", "auc", "positives", "negatives", "note"],
            rows: roc.classes.map { item in
                let note =
                    item.curve != nil
                    ? "" : "undefined: no \(item.positives == 0 ? "positives" : "negatives")"
                return [
                    item.name, Self.field(item.curve?.auc), "\(item.positives)", "\(item.negatives)", note,
                ]
            } + averages.map { [$0.0, Self.field($0.1), "", "", $0.2] })
    }

    private static func points(_ name: String, _ curve: ROCCurve) -> [[String]] {
        curve.fpr.indices.map { index in
            let threshold = curve.thresholds.indices.contains(index) ? curve.thresholds[index] : nil
            return [name, field(curve.fpr[index]), field(curve.tpr[index]), field(threshold)]
        }
    }
}
