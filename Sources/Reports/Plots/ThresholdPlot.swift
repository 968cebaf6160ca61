import Evaluation

extension SVGDocument {
    /// The F1 score of each class over the threshold; the legend has the threshold with the greatest.
    public static func thresholdPlot(_ table: ThresholdTable) -> SVGDocument {
        let best = table.classes.indices.compactMap { table.best(class: $0) }
        return CurvesPlot(
            name: "graft-thresholds", title: "F1 score by threshold",
            subtitle: "each class against the rest · the threshold with the greatest F1 score",
            description: "F1 score over the threshold. Thresholds with the greatest: "
                + best.map { "\($0.name) \($0.threshold.fixed(2)) (F1 \($0.f1Score.fixed(3)))" }
                .joined(separator: ", ") + ".",
            xAxis: .rate("threshold"), yAxis: .rate("F1 score"),
            legend: best.enumerated().map { index, line in
                .init(
                    style: CurveStyle(class: index), name: line.name, value: line.threshold.fixed(2),
                    mayBeCut: true)
            }, valueName: "best",
            curves: table.classes.enumerated().map { index, lines in
                .init(
                    hint: lines.first?.name ?? "", style: CurveStyle(class: index),
                    xs: lines.map(\.threshold), ys: lines.map(\.f1Score))
            }
        ).document
    }
}
