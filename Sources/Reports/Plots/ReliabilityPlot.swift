import Evaluation

extension SVGDocument {
    /// A reliability diagram: the accuracy of samples of about the same confidence as bars, the distance to
    /// the confidence shaded, and below how many samples there are. Of probabilities that are given at a
    /// temperature, a second one to the left shows them without.
    ///
    /// Niculescu-Mizil and Caruana, "Predicting good probabilities with supervised learning", ICML 2005.
    public static func reliabilityPlot(
        _ calibration: Calibration, before: Calibration? = nil, temperature: Double? = nil
    ) -> SVGDocument {
        let after = ReliabilityPanel(calibration: calibration)
        guard let before, let temperature else {
            return document(
                [after], subtitle: after.summary + " · " + CurvesPlot.samples(after.count),
                description: after.description)
        }
        var (left, right) = (ReliabilityPanel(calibration: before), after)
        left.title = "before: " + left.summary
        right.title = "at temperature \(temperature.fixed(3)): " + right.summary
        right.x += ReliabilityPanel.width + 88
        return document(
            [left, right],
            subtitle: "temperature \(temperature.fixed(4)) · \(CurvesPlot.samples(after.count))",
            description: "Before: \(left.description) At the temperature \(temperature.fixed(4)): "
                + right.description)
    }

    private static func document(
        _ panels: [ReliabilityPanel], subtitle: String, description: String
    ) -> SVGDocument {
        let width = (panels.last?.x ?? 0) + ReliabilityPanel.width
        return SVGDocument(
            name: "graft-reliability", width: width + 28, height: 96 + 400 + 20 + 90 + 56,
            title: "Calibration", description: description,
            PlotText.heading("Calibration", subtitle, x: 72, width: width - 62) + ReliabilityPanel.legend
                + panels.flatMap(\.elements))
    }
}

/// Lays out one reliability diagram.
private struct ReliabilityPanel {
    let calibration: Calibration
    /// What stands above it.
    var title: String?
    /// The left edge.
    var x = 72.0
    static let width = 400.0

    private var frame: PlotFrame {
        PlotFrame(
            x: x, y: title == nil ? 96 : 124, width: Self.width, height: title == nil ? 400 : 372,
            xDomain: 0...1, yDomain: 0...1)
    }

    var elements: [SVGElement] {
        (title.map { [PlotText.line($0, x: x, y: 112, size: 13)] } ?? []) + accuracyAxes
            + calibration.bins.flatMap(bars) + [diagonal] + histogram
    }

    var count: Int { calibration.bins.reduce(0) { $0 + $1.count } }

    var summary: String {
        "ECE \(calibration.expectedError.fixed(4)) · MCE \(calibration.maximumError.fixed(4))"
    }

    private var accuracyAxes: [SVGElement] {
        let ticks = Ticks(in: 0...1, count: 5)
        return frame.axes(
            xTicks: Ticks(values: ticks.values, labels: ticks.values.map { _ in "" }), yTicks: ticks,
            xLabel: "", yLabel: "accuracy")
    }

    private var diagonal: SVGElement { CurveStyle.chance(frame.curve([0, 1], [0, 1])) }

    private func bars(_ bin: Calibration.Bin) -> [SVGElement] {
        guard let confidence = bin.confidence, let accuracy = bin.accuracy else { return [] }
        let hint =
            "confidence \(bin.bounds.lowerBound.fixed(2)) to \(bin.bounds.upperBound.fixed(2)): "
            + "\(CurvesPlot.samples(bin.count)), mean confidence \(confidence.fixed(3)), "
            + "accuracy \(accuracy.fixed(3))"
        return [
            SVGElement(
                "g", [:],
                [
                    SVGElement("title", text: hint),
                    bar(bin, 0...accuracy, style: "fill-series1"),
                    bar(bin, min(accuracy, confidence)...max(accuracy, confidence), style: "fill-series2")
                        .with("fill-opacity", 0.35),
                ])
        ]
    }

    private func bar(_ bin: Calibration.Bin, _ span: ClosedRange<Double>, style: String) -> SVGElement {
        let left = frame.xScale(bin.bounds.lowerBound) + 1
        let top = frame.yScale(span.upperBound)
        return SVGElement(
            "rect",
            [
                "class": style, "x": left, "y": top,
                "width": max(frame.xScale(bin.bounds.upperBound) - 1 - left, 1),
                "height": frame.yScale(span.lowerBound) - top,
            ])
    }

    private var histogram: [SVGElement] {
        let most = Double(max(calibration.bins.map(\.count).max() ?? 1, 1))
        let low = PlotFrame(
            x: frame.x, y: frame.y + frame.height + 20, width: frame.width, height: 90, xDomain: 0...1,
            yDomain: 0...most * 1.05)
        return low.axes(
            xTicks: Ticks(in: 0...1, count: 5), yTicks: Ticks(in: 0...most, count: 2, integers: true),
            xLabel: "confidence", yLabel: "samples")
            + calibration.bins.filter { $0.count > 0 }.map { bin in
                let (left, top) = (low.xScale(bin.bounds.lowerBound) + 1, low.yScale(Double(bin.count)))
                return SVGElement(
                    "rect",
                    [
                        "class": "fill-frame", "x": left, "y": top,
                        "width": max(low.xScale(bin.bounds.upperBound) - 1 - left, 1),
                        "height": low.y + low.height - top,
                    ])
            }
    }

    static var legend: [SVGElement] {
        func swatch(_ x: Double, _ style: String, _ text: String) -> [SVGElement] {
            [
                SVGElement("rect", ["class": style, "x": x, "y": 70.0, "width": 12.0, "height": 12.0]),
                PlotText.line(text, x: x + 18, y: 80),
            ]
        }
        let gap = swatch(170, "fill-series2", "distance to confidence")
        return swatch(72, "fill-series1", "accuracy") + [gap[0].with("fill-opacity", 0.35), gap[1]]
            + [CurveStyle.chance.swatch(x: 350, y: 76), PlotText.line("perfect", x: 386, y: 80)]
    }

    var description: String {
        let tendency = calibration.overconfidence > 0 ? "too sure of itself" : "too modest"
        return "Accuracy over confidence. The expected calibration error is "
            + "\(calibration.expectedError.fixed(4)), the greatest \(calibration.maximumError.fixed(4)); on "
            + "the whole the classifier is \(tendency) by \(abs(calibration.overconfidence).fixed(4))."
    }
}
