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
            x: 72, y: 114, width: 600, height: 340, xDomain: left...right,
            yDomain: Ticks.rounded(Self.span(curve), count: 6))
    }

    /// From the least loss of all batches to a little above the smoothed losses before the least of those: what
    /// runs away would hide the rest.
    private static func span(_ curve: LearningRateCurve) -> ClosedRange<Double> {
        let finite = curve.smoothed.filter(\.isFinite)
        guard let lowest = finite.min(), let end = finite.firstIndex(of: lowest), let first = finite.first
        else {
            return 0...1
        }
        let least = min(lowest, curve.losses.filter(\.isFinite).min() ?? lowest)
        let descent = finite[...end].max() ?? first
        let greatest = finite.max() ?? descent
        let top = max(descent, min(greatest, first + max(0.6 * (first - lowest), 0.1 * abs(first))))
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

    /// What leaves the frame is cut off at its edge.
    private var line: SVGElement {
        var (places, losses) = ([Double](), [Double]())
        func add(_ x: Double, _ loss: Double) {
            places.append(x)
            losses.append(loss)
        }
        let points = Array(zip(xs, curve.smoothed))
        for (index, (x, loss)) in points.enumerated() {
            if index > 0, let edge = edge(between: points[index - 1], and: (x, loss)) { add(edge.0, edge.1) }
            add(x, frame.yDomain.contains(loss) ? loss : .nan)
        }
        return frame.curve(places, losses)
            .with("class", "line stroke-series1").with("style", "stroke-width:2.4")
    }

    /// Where the line between two points, of which one is outside, crosses the frame's upper or lower edge.
    private func edge(between one: (Double, Double), and other: (Double, Double)) -> (Double, Double)? {
        let domain = frame.yDomain
        guard one.1.isFinite, other.1.isFinite, domain.contains(one.1) != domain.contains(other.1) else {
            return nil
        }
        let outside = domain.contains(one.1) ? other.1 : one.1
        let loss = outside > domain.upperBound ? domain.upperBound : domain.lowerBound
        return (one.0 + (other.0 - one.0) * (loss - one.1) / (other.1 - one.1), loss)
    }

    /// The marks' names stand above the frame, right of their lines, a row for each: the further left, the higher,
    /// so that no line has to go through the name of another. Where there is no room on the right, all stand left
    /// of their lines, the further right, the higher.
    private var marks: [SVGElement] {
        let isLate = curve.marks.contains { mark in
            let width = TextWidth.of(label(mark), size: 12) * 1.1
            return frame.xScale(log10(mark.rate)) + 5 + width > frame.x + frame.width + 28
        }
        let order = curve.marks.indices.sorted { left, right in
            isLate
                ? curve.marks[left].rate > curve.marks[right].rate
                : curve.marks[left].rate < curve.marks[right].rate
        }
        return curve.marks.enumerated().flatMap { index, mark -> [SVGElement] in
            let x = frame.xScale(log10(mark.rate))
            let row = order.firstIndex(of: index) ?? 0
            let y = frame.y - 8 - 14 * Double(curve.marks.count - 1 - row)
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
                    label(mark), x: x + (isLate ? -5 : 5), y: y,
                    anchor: isLate ? .end : .start, style: index == 0 ? "bold fill-ink" : "fill-muted"),
            ]
        }
    }

    private func label(_ mark: LearningRateCurve.Mark) -> String { "\(mark.name) \(Self.text(mark.rate))" }

    private var description: String {
        let marks = curve.marks.map { "\($0.name) \(Self.text($0.rate))" }
        return "The loss over the learning rate, which rises from step to step. "
            + (marks.isEmpty ? "It speaks for no rate." : "Rates: \(marks.joined(separator: ", ")).")
    }

    private static func text(_ rate: Double) -> String { String(format: "%.2g", rate) }
}
