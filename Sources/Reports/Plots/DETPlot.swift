import Evaluation

extension SVGDocument {
    /// Misses over false alarms on the axes of the normal distribution's quantiles, where the curve of scores
    /// that are normally distributed is a straight line; the legend has the equal error rates, at which the
    /// curves cross the diagonal.
    public static func detPlot(_ curves: OneVsRestDET) -> SVGDocument {
        let axis = CurvesPlot.Axis(label: "", ticks: deviates, domain: limit.low...limit.high)
        let rates = curves.classes.map { "\($0.name) \($0.curve.map { percent($0) } ?? "undefined")" }
        var legend: [CurveLegend.Line] = curves.classes.enumerated().map { index, item in
            .init(
                style: item.curve == nil ? nil : CurveStyle(class: index), name: item.name,
                value: item.curve.map { percent($0) } ?? "undefined", mayBeCut: true)
        }
        if let micro = curves.microAverage {
            legend.append(
                .init(style: .micro, name: "micro average", value: percent(micro), beginsGroup: true))
        }
        return CurvesPlot(
            name: "graft-det", title: "Detection error tradeoff",
            subtitle: "each class against the rest · EER: equal error rate",
            description: "Misses over false alarms, each class against the rest. Equal error rates: "
                + rates.joined(separator: ", ") + ".",
            xAxis: .init(
                label: "false positive rate", ticks: axis.ticks, domain: axis.domain, transform: .probit),
            yAxis: .init(
                label: "false negative rate", ticks: axis.ticks, domain: axis.domain, transform: .probit),
            legend: legend, valueName: "EER",
            backdrop: [
                .init(hint: "", style: .chance, xs: [limit.low, limit.high], ys: [limit.low, limit.high])
            ],
            curves: curves.classes.enumerated().compactMap { index, item in
                item.curve.map { curve($0, item.name, CurveStyle(class: index)) }
            } + [curves.microAverage.map { curve($0, "micro average", .micro) }].compactMap(\.self)
        ).document
    }

    /// Rates of 0 and 1 would lie at infinity: what is beyond is drawn along the edge.
    private static var limit: (low: Double, high: Double) {
        (normalQuantile(0.0005), normalQuantile(0.9995))
    }

    private static var deviates: Ticks {
        let rates = [0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99]
        return Ticks(
            values: rates.map(normalQuantile),
            labels: rates.map { "\(($0 * 100).fixed($0 < 0.01 ? 1 : 0)) %" })
    }

    private static func percent(_ curve: DETCurve) -> String {
        (curve.equalErrorRate * 100).fixed(1) + " %"
    }

    private static func curve(_ curve: DETCurve, _ name: String, _ style: CurveStyle) -> CurvesPlot.Curve {
        func place(_ rate: Double) -> Double { min(max(normalQuantile(rate), limit.low), limit.high) }
        return .init(
            hint: "\(name): equal error rate \(percent(curve))", style: style, xs: curve.fpr.map(place),
            ys: curve.fnr.map(place))
    }
}
