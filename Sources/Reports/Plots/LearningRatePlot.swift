import Foundation

/// How the loss went while the learning rate rose, and which rates that speaks for.
public struct LearningRateCurve: Sendable {
    /// A rate that is worth a mark.
    public struct Mark: Sendable {
        var name: String
        var rate: Double

        /// A mark.
        public init(_ name: String, at rate: Double) { (self.name, self.rate) = (name, rate) }
    }

    var title: String
    var rates: [Double]
    var losses: [Double]
    var smoothed: [Double]
    var marks: [Mark]

    /// A curve, step by step.
    /// - Parameters:
    ///   - title: what was trained.
    ///   - rates: the learning rates, all greater than 0.
    ///   - losses: the batches' losses.
    ///   - smoothed: the same, smoothed.
    ///   - marks: the first is the one that is recommended.
    public init(title: String, rates: [Double], losses: [Double], smoothed: [Double], marks: [Mark]) {
        self.title = title
        self.rates = rates
        self.losses = losses
        self.smoothed = smoothed
        self.marks = marks
    }
}

extension SVGDocument {
    /// The loss over the learning rate on a logarithmic axis, batch by batch as dots and smoothed as a line,
    /// with the marks as upright lines.
    public static func learningRatePlot(_ curve: LearningRateCurve) -> SVGDocument {
        LearningRatePlot(curve).document
    }
}

/// Lays out a learning-rate curve.
struct LearningRatePlot {
    private let curve: LearningRateCurve
    private let frame: PlotFrame
    private let xs: [Double]

    init(_ curve: LearningRateCurve) {
        self.curve = curve
        xs = curve.rates.map { log10($0) }
        let left = (xs.min() ?? -7).rounded(.down)
        let right = max((xs.max() ?? 1).rounded(.up), left + 1)
        frame = PlotFrame(
            x: 72, y: 96, width: 600, height: 340, xDomain: left...right,
            yDomain: Ticks.rounded(Self.span(curve), count: 6))
    }

    /// From the least smoothed loss to a little above where it began: what runs away would hide the rest.
    private static func span(_ curve: LearningRateCurve) -> ClosedRange<Double> {
        let finite = curve.smoothed.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max(), let first = finite.first else {
            return 0...1
        }
        let top = min(greatest, first + max(0.6 * (first - least), 0.1 * abs(first)))
        let margin = max(0.05 * (top - least), 1e-6)
        return least - margin...top + margin
    }

    var document: SVGDocument {
        SVGDocument(
            name: "graft-learning-rate", width: frame.x + frame.width + 28,
            height: frame.y + frame.height + 60, title: "Learning rate", description: description,
            PlotText.heading("Learning rate", curve.title, x: frame.x, width: frame.width)
                + frame.axes(
                    xTicks: decades, yTicks: Ticks(in: frame.yDomain, count: 6), xLabel: "learning rate",
                    yLabel: "loss") + dots + [line] + marks)
    }

    private var decades: Ticks {
        let values = Array(stride(from: frame.xDomain.lowerBound, through: frame.xDomain.upperBound, by: 1))
        return Ticks(
            values: values,
            labels: values.map { $0 >= -3 && $0 <= 2 ? "\(Self.text(pow(10, $0)))" : "1e\(Int($0))" })
    }

    private var dots: [SVGElement] {
        zip(xs, curve.losses).filter { frame.yDomain.contains($0.1) }.map { x, loss in
            SVGElement(
                "circle",
                [
                    "class": "fill-frame", "opacity": 0.55, "cx": frame.xScale(x), "cy": frame.yScale(loss),
                    "r": 1.8,
                ])
        }
    }

    /// What leaves the frame is cut off there.
    private var line: SVGElement {
        frame.curve(xs, curve.smoothed.map { frame.yDomain.contains($0) ? $0 : .nan })
            .with("class", "line stroke-series1").with("style", "stroke-width:2.4")
    }

    /// The marks' names stand above the frame, one line for each, so that near ones do not run into each other.
    private var marks: [SVGElement] {
        curve.marks.enumerated().flatMap { index, mark -> [SVGElement] in
            let x = frame.xScale(log10(mark.rate))
            let y = frame.y - 8 - 14 * Double(curve.marks.count - 1 - index)
            let isLate = x > frame.x + frame.width * 0.6
            let series = index % Theme.seriesCount + 2
            let style = index == 0 ? "stroke-width:2" : "stroke-width:1.3;stroke-dasharray:5 4"
            return [
                SVGElement(
                    "line",
                    [
                        "class": "stroke-series\(series)", "x1": x, "x2": x, "y1": y - 8,
                        "y2": frame.y + frame.height,
                    ]
                )
                .with("style", style),
                PlotText.line(
                    "\(mark.name) \(Self.text(mark.rate))", x: x + (isLate ? -5 : 5), y: y,
                    anchor: isLate ? .end : .start, style: index == 0 ? "bold fill-ink" : "fill-muted"),
            ]
        }
    }

    private var description: String {
        let marks = curve.marks.map { "\($0.name) \(Self.text($0.rate))" }
        return "The loss over the learning rate, which rises from step to step. "
            + (marks.isEmpty ? "It speaks for no rate." : "Rates: \(marks.joined(separator: ", ")).")
    }

    private static func text(_ rate: Double) -> String { String(format: "%.2g", rate) }
}
