extension SVGDocument {
    /// How much each parameter matters for the first metric: a bar each, the most important first, with a line for
    /// how far the forest's trees are apart.
    public static func importancePlot(_ importance: [SweepReport.Importance]) -> SVGDocument {
        ImportancePlot(importance).document
    }
}

/// Lays out bars of importance.
struct ImportancePlot {
    let importance: [SweepReport.Importance]
    private let left = 240.0
    private let top = 84.0
    private let width = 420.0
    private let step = 34.0

    init(_ importance: [SweepReport.Importance]) { self.importance = importance }

    private var scale: LinearScale {
        let greatest = importance.map { $0.value + $0.deviation }.max() ?? 1
        return LinearScale(domain: 0...max(greatest, 1e-9), start: left, end: left + width)
    }

    var document: SVGDocument {
        let text = importance.map { "\($0.name) \($0.value.fixed(3))" }.joined(separator: ", ")
        return SVGDocument(
            name: "graft-importance", width: left + width + 80,
            height: top + Double(importance.count) * step + 24,
            title: "Parameter importance",
            description: "The share of the metric's variation that each parameter explains alone: \(text).",
            PlotText.heading(
                "Parameter importance", "share of the metric's variation that each explains alone (fANOVA)",
                x: 40)
                + importance.enumerated().flatMap(bar))
    }

    private func bar(_ index: Int, _ item: SweepReport.Importance) -> [SVGElement] {
        let y = top + Double(index) * step
        let (end, low) = (scale(max(item.value, 0)), scale(max(item.value - item.deviation, 0)))
        let high = scale(item.value + item.deviation)
        return [
            PlotText.name(item.name, x: left - 10, y: y + 16, anchor: .end, width: left - 30),
            SVGElement(
                "rect",
                [
                    "class": "fill-series1", "x": left, "y": y, "width": max(end - left, 1), "height": 22.0,
                    "rx": "2",
                ]),
            SVGElement(
                "line", ["class": "stroke-ink", "x1": low, "x2": high, "y1": y + 11, "y2": y + 11]),
            PlotText.line(item.value.fixed(3), x: max(end, high) + 8, y: y + 16, style: "fill-muted"),
        ]
    }
}
