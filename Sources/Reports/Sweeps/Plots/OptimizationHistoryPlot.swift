extension SVGDocument {
    /// Every trial's first metric in the order of the trials, and the best so far.
    public static func optimizationHistoryPlot(_ history: SweepHistory) -> SVGDocument {
        OptimizationHistoryPlot(history).document
    }
}

/// Lays out the history of a search.
struct OptimizationHistoryPlot {
    private let history: SweepHistory
    private let frame: PlotFrame

    init(_ history: SweepHistory) {
        self.history = history
        let last = Double(max(history.trials.last?.number ?? 1, 2))
        frame = PlotFrame(
            x: 84, y: 100, width: 640, height: 320, xDomain: 0...last + 1,
            yDomain: PlotFrame.domain(of: history.trials.compactMap { $0.values.first ?? nil }))
    }

    var document: SVGDocument {
        SVGDocument(
            name: "graft-history", width: 84 + 640 + 24, height: 100 + 320 + 56,
            title: "Optimization history",
            description: description, heading + legend + axes + points + [bestLine])
    }

    private var metric: String { history.metrics.first?.name ?? "metric" }

    private var heading: [SVGElement] {
        let best = history.best.flatMap { trial in (trial.values.first ?? nil).map { (trial.number, $0) } }
        let text = best.map { " · best \($0.1.fixed(4)) in trial \($0.0)" } ?? ""
        return PlotText.heading(
            "Optimization history", "\(metric) · \(history.trials.count) trials\(text)", x: frame.x,
            width: 640)
    }

    private var legend: [SVGElement] {
        [
            SVGElement("circle", ["class": "fill-series1", "cx": 90.0, "cy": 78.0, "r": 4.0]),
            PlotText.line("finished", x: 100, y: 82),
            SVGElement(
                "circle",
                [
                    "class": "stroke-series1", "fill": "none", "stroke-width": 1.5, "cx": 176.0, "cy": 78.0,
                    "r": 3.5,
                ]),
            PlotText.line("stopped early", x: 186, y: 82),
            CurveStyle.best.swatch(x: 286, y: 78), PlotText.line("best so far", x: 324, y: 82),
        ]
    }

    private var axes: [SVGElement] {
        frame.axes(
            xTicks: Ticks(in: frame.xDomain, count: 8, integers: true),
            yTicks: Ticks(in: frame.yDomain, count: 6),
            xLabel: "trial", yLabel: metric)
    }

    private var points: [SVGElement] {
        history.trials.compactMap { trial in
            guard let value = trial.values.first ?? nil, frame.yDomain.contains(value) else { return nil }
            return frame.point(
                Double(trial.number), value, isFilled: trial.state == "finished",
                title: "trial \(trial.number): \(value.fixed(4)), \(trial.state)")
        }
    }

    private var bestLine: SVGElement {
        var (xs, ys) = ([Double](), [Double]())
        for (trial, value) in history.finished {
            let best = ys.last.map { history.isBetter(value, $0) ? value : $0 } ?? value
            if let last = ys.last, last != best {
                xs.append(Double(trial.number))
                ys.append(last)
            }
            xs.append(Double(trial.number))
            ys.append(best)
        }
        return CurveStyle.best(frame.curve(xs, ys))
    }

    private var description: String {
        "The metric \(metric) of \(history.trials.count) trials in their order, and the best so far."
    }
}

extension CurveStyle {
    /// The best so far.
    static let best = CurveStyle(class: 1)
}

extension PlotFrame {
    /// What an axis has to span so that the numbers have air around them; far outliers, which would press all others
    /// together, are left out.
    static func domain(of numbers: [Double]) -> ClosedRange<Double> {
        let sorted = numbers.filter(\.isFinite).sorted()
        guard let least = sorted.first, let greatest = sorted.last else { return 0...1 }
        let (low, high) = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
        let reach = 6 * (high - low)
        let ends = reach > 0 ? (max(least, low - reach), min(greatest, high + reach)) : (least, greatest)
        let margin = ends.1 > ends.0 ? (ends.1 - ends.0) * 0.06 : max(abs(ends.0) * 0.1, 0.01)
        return ends.0 - margin...ends.1 + margin
    }

    /// A dot; pointing at it shows its title.
    func point(
        _ x: Double, _ y: Double, isFilled: Bool = true, style: String = "series1", radius: Double = 4,
        title: String
    ) -> SVGElement {
        var circle = SVGElement(
            "circle",
            [
                "class": isFilled ? "fill-\(style)" : "stroke-\(style)", "cx": xScale(x), "cy": yScale(y),
                "r": radius,
            ])
        circle =
            isFilled
            ? circle.with("fill-opacity", 0.75) : circle.with("fill", "none").with("stroke-width", 1.5)
        return SVGElement("g", [:], [SVGElement("title", text: title), circle])
    }
}
