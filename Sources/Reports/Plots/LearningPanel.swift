import Evaluation
/// One quantity over the epochs, of training and validation.
struct LearningPanel {
    /// Whose curve it is.
    enum Series {
        case training
        case validation
    }

    private let history: LearningHistory
    private let label: String
    private let training: [Double]
    private let validation: [Double?]
    private let smoothing: Smoothing
    private let frame: PlotFrame
    private static let tickCount = 6

    /// A panel.
    /// - Parameter limit: the greatest value that the quantity can have, if it has one.
    init(
        _ history: LearningHistory, label: String, training: [Double], validation: [Double?], x: Double,
        y: Double, width: Double, height: Double, limit: Double?, smoothing: Smoothing
    ) {
        self.smoothing = smoothing
        self.history = history
        self.label = label
        // A loss beyond all bounds is a gap in the curve, like one that is not a number.
        self.training = training.map { abs($0) < 1e100 ? $0 : .nan }
        self.validation = validation.map { $0.map { abs($0) < 1e100 ? $0 : .nan } }
        frame = PlotFrame(
            x: x, y: y, width: width, height: height,
            xDomain: 0.5...Double(max(history.epochs.count, 1)) + 0.5,
            yDomain: Self.domain(self.training + self.validation.compactMap(\.self), limit: limit))
    }

    var elements: [SVGElement] {
        let xTicks = Ticks(in: 1...max(frame.xDomain.upperBound - 0.5, 1.1), count: 8, integers: true)
        return frame.axes(
            xTicks: xTicks, yTicks: Ticks(in: frame.yDomain, count: Self.tickCount), xLabel: "epoch",
            yLabel: label)
            + stages + bestLine + curve(.training, training)
            + curve(.validation, validation.map { $0 ?? .nan }) + bestRings
    }

    /// From zero or a round number below all values to one above them.
    private static func domain(_ values: [Double], limit: Double?) -> ClosedRange<Double> {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return 0...1 }
        let margin = max((high - low) * 0.04, abs(high) * 0.05, 1e-9)
        let start = low > 0 && low - margin < 0.4 * high ? 0 : low - margin
        let rounded = Ticks.rounded(start...high + margin, count: tickCount)
        guard let limit, low >= 0, high <= limit else { return rounded }
        return max(rounded.lowerBound, 0)...max(min(rounded.upperBound, limit + 0.01), 0.01)
    }

    private var stages: [SVGElement] {
        let stages = history.stages
        return stages.enumerated().flatMap { index, stage in
            let middle = Double(stage.epochs.lowerBound + stage.epochs.upperBound) / 2
            let name = PlotText.line(
                showsStageNames ? stage.name : "\(index + 1)", x: frame.xScale(middle), y: frame.y - 7,
                size: 11, anchor: .middle, style: "fill-muted")
            let end = frame.vertical(at: Double(stage.epochs.upperBound) + 0.5, style: "stroke-frame")
            return index + 1 < stages.count ? [name, end.with("stroke-dasharray", "4 3")] : [name]
        }
    }

    /// Whether there is room for the stages' names; else they are numbered.
    var showsStageNames: Bool {
        history.stages.allSatisfy { TextWidth.of($0.name, size: 11) < width(of: $0) - 4 }
    }

    private func width(of stage: LearningHistory.Stage) -> Double {
        Double(stage.epochs.count) * frame.width / Double(history.epochs.count)
    }

    private func curve(_ series: Series, _ values: [Double]) -> [SVGElement] {
        let numbers = values.indices.map { Double($0 + 1) }
        guard values.contains(where: \.isFinite) else { return [] }
        guard smoothing.isNone else {
            return [
                Self.line(series, frame.curve(numbers, values)).with("opacity", 0.32),
                Self.line(series, frame.curve(numbers, smoothing(values))),
            ]
        }
        let line = Self.line(series, frame.curve(numbers, values))
        guard hasMarkers else { return [line] }
        return [line]
            + zip(numbers, values).filter { $0.1.isFinite }.map { number, value in
                Self.marker(series, x: frame.xScale(number), y: frame.yScale(value))
            }
    }

    private var bestLine: [SVGElement] {
        guard let best = history.best, history.epochs.indices.contains(best) else { return [] }
        return [
            frame.vertical(at: Double(best + 1), style: "stroke-series3")
                .with("stroke-width", "1.2")
        ]
    }

    private var bestRings: [SVGElement] {
        guard let best = history.best, history.epochs.indices.contains(best) else { return [] }
        let value = validation[best] ?? training[best]
        guard value.isFinite else { return [] }
        return [Self.ring(x: frame.xScale(Double(best + 1)), y: frame.yScale(value))]
    }

    /// A curve's look, for the legend.
    func swatch(_ series: Series, x: Double, y: Double) -> [SVGElement] {
        let line = Self.line(series, SVGElement("path", ["d": "M\(x.attributeText) \(y.attributeText)h30"]))
        return hasMarkers ? [line, Self.marker(series, x: x + 15, y: y)] : [line]
    }

    /// The best epoch's look, for the legend.
    func bestSwatch(x: Double, y: Double) -> [SVGElement] { [Self.ring(x: x + 15, y: y)] }

    /// Whether the epochs lie far enough apart to be marked one by one.
    private var hasMarkers: Bool { history.epochs.count <= 30 && smoothing.isNone }

    private static func line(_ series: Series, _ element: SVGElement) -> SVGElement {
        switch series {
        case .training: element.with("class", "line stroke-series1")
        case .validation: element.with("class", "line stroke-series2").with("stroke-dasharray", "7 3")
        }
    }

    private static func marker(_ series: Series, x: Double, y: Double) -> SVGElement {
        switch series {
        case .training: SVGElement("circle", ["class": "fill-series1", "cx": x, "cy": y, "r": 2.8])
        case .validation:
            SVGElement(
                "rect",
                ["class": "fill-series2", "x": x - 2.7, "y": y - 2.7, "width": 5.4, "height": 5.4])
        }
    }

    private static func ring(x: Double, y: Double) -> SVGElement {
        SVGElement(
            "circle",
            ["class": "stroke-series3", "fill": "none", "stroke-width": 2.0, "cx": x, "cy": y, "r": 6.5])
    }
}
