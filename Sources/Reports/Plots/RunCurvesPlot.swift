import Evaluation

extension SVGDocument {
    /// Loss and accuracy of several runs over their epochs: those of the validation pictures, or where a run has none,
    /// those of its training.
    public static func runCurvesPlot(_ runs: [(name: String, history: LearningHistory)]) -> SVGDocument {
        RunCurvesPlot(runs).document
    }
}

/// Lays out the curves of several runs: two panels side by side, the runs' names below.
private struct RunCurvesPlot {
    private let runs: [(name: String, history: LearningHistory)]
    private let top = 76.0
    private let size = (width: 400.0, height: 280.0)

    init(_ runs: [(name: String, history: LearningHistory)]) { self.runs = runs }

    var document: SVGDocument {
        let names = legend
        return SVGDocument(
            name: "graft-run-curves", width: 976, height: top + size.height + 62 + names.height,
            title: "Learning curves", description: description,
            PlotText.heading(
                "Learning curves", "validation, over the epochs of all stages", x: 72, width: 880)
                + panel("loss", x: 72) { $0.validationLoss ?? $0.loss }
                + panel("accuracy", x: 552) { $0.validationAccuracy ?? $0.accuracy } + names.elements)
    }

    private func panel(_ label: String, x: Double, _ value: (EpochRecord) -> Double) -> [SVGElement] {
        // A loss beyond all bounds is a gap in the curve, like one that is not a number.
        let curves = runs.map { $0.history.epochs.map(value).map { abs($0) < 1e100 ? $0 : .nan } }
        let longest = curves.map(\.count).max() ?? 1
        let finite = curves.joined().filter(\.isFinite)
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        let margin = max((high - low) * 0.04, 1e-9)
        let frame = PlotFrame(
            x: x, y: top, width: size.width, height: size.height,
            xDomain: 0.5...Double(max(longest, 1)) + 0.5,
            yDomain: Ticks.rounded(low - margin...high + margin, count: 6))
        let axes = frame.axes(
            xTicks: Ticks(in: 1...max(Double(longest), 1.1), count: 8, integers: true),
            yTicks: Ticks(in: frame.yDomain, count: 6), xLabel: "epoch", yLabel: label)
        return axes
            + curves.enumerated().flatMap { index, values -> [SVGElement] in
                let style = CurveStyle(class: index)
                let line = style(frame.curve(values.indices.map { Double($0 + 1) }, values))
                // One epoch is no line.
                guard values.count == 1, values[0].isFinite else { return [line] }
                return [
                    SVGElement(
                        "circle",
                        [
                            "class": style.stroke, "fill": "none", "cx": frame.xScale(1),
                            "cy": frame.yScale(values[0]), "r": 3.5,
                        ])
                ]
            }
    }

    private var legend: (elements: [SVGElement], height: Double) {
        var (x, y) = (72.0, top + size.height + 68)
        var elements: [SVGElement] = []
        for (index, run) in runs.enumerated() {
            let width = 38 + min(TextWidth.of(run.name, size: 12), 380) + 24
            if x + width > 960, x > 72 { (x, y) = (72, y + 21) }
            elements.append(CurveStyle(class: index).swatch(x: x, y: y - 4))
            elements.append(PlotText.name(run.name, x: x + 38, y: y, width: 380))
            x += width
        }
        return (elements, y - top - size.height - 50)
    }

    private var description: String {
        runs.map { run in
            let last = run.history.epochs.last
            let accuracy = last.map { ($0.validationAccuracy ?? $0.accuracy).fixed(3) } ?? "none"
            return "\(run.name): \(run.history.epochs.count) epochs, accuracy at the end \(accuracy)."
        }.joined(separator: " ")
    }
}
