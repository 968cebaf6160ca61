import Evaluation

extension SVGDocument {
    /// Precision over recall: one curve a class in the classes' order and the micro average dashed, as steps,
    /// which is how average precision, in the legend, takes them.
    public static func precisionRecallPlot(_ curves: OneVsRestPrecisionRecall) -> SVGDocument {
        let values = curves.classes.map { "\($0.name) \($0.curve?.averagePrecision.fixed(3) ?? "undefined")" }
        return CurvesPlot(
            name: "graft-precision-recall", title: "Precision and recall",
            subtitle: "each class against the rest · " + CurvesPlot.samples(curves.sampleCount),
            description: "Precision over recall, each class against the rest. Average precision: "
                + values.joined(separator: ", ") + ".",
            xAxis: .rate("recall"), yAxis: .rate("precision"), legend: legend(curves), valueName: "AP",
            curves: curves.classes.enumerated().compactMap { index, item in
                item.curve.map { steps($0, item.name, CurveStyle(class: index)) }
            } + [curves.microAverage.map { steps($0, "micro average", .micro) }].compactMap(\.self)
        ).document
    }

    private static func steps(
        _ curve: PrecisionRecallCurve, _ name: String, _ style: CurveStyle
    ) -> CurvesPlot.Curve {
        // From the right: a precision holds until the next lower recall.
        var (xs, ys): ([Double], [Double]) = ([], [])
        for index in curve.recall.indices {
            if index > 0 {
                xs.append(curve.recall[index])
                ys.append(curve.precision[index - 1])
            }
            // The last point, precision 1 at recall 0, is a convention, not an observation.
            guard index < curve.thresholds.count else { break }
            xs.append(curve.recall[index])
            ys.append(curve.precision[index])
        }
        return .init(
            hint: "\(name): average precision \(curve.averagePrecision.fixed(3))", style: style, xs: xs,
            ys: ys)
    }

    private static func legend(_ curves: OneVsRestPrecisionRecall) -> [CurveLegend.Line] {
        var lines: [CurveLegend.Line] = curves.classes.enumerated().map { index, item in
            .init(
                style: item.curve == nil ? nil : CurveStyle(class: index), name: item.name,
                value: item.curve?.averagePrecision.fixed(3) ?? "no samples", mayBeCut: true)
        }
        if let micro = curves.microAverage {
            lines.append(
                .init(
                    style: .micro, name: "micro average", value: micro.averagePrecision.fixed(3),
                    beginsGroup: true))
        }
        if let mean = curves.macroAveragePrecision {
            lines.append(.init(name: "mean of classes’ APs", value: mean.fixed(3), beginsGroup: true))
        }
        return lines
    }
}
