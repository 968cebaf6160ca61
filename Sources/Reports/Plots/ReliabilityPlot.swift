import Evaluation

extension SVGDocument {
    /// A reliability diagram: the accuracy of samples of about the same confidence as bars, the distance to
    /// the confidence shaded, and below how many samples there are.
    ///
    /// Niculescu-Mizil and Caruana, "Predicting good probabilities with supervised learning", ICML 2005.
    public static func reliabilityPlot(_ calibration: Calibration) -> SVGDocument {
        ReliabilityPlot(calibration: calibration).document
    }
}

/// Lays out a reliability diagram.
private struct ReliabilityPlot {
    let calibration: Calibration
    private let frame = PlotFrame(
        x: 72, y: 96, width: 400, height: 400, xDomain: 0...1, yDomain: 0...1)

    var document: SVGDocument {
        SVGDocument(
            name: "graft-reliability", width: 72 + 400 + 28, height: 96 + 400 + 20 + 90 + 56,
            title: "Calibration", description: description,
            PlotText.heading("Calibration", summary, x: 72, width: 410) + legend + accuracyAxes
                + calibration.bins.flatMap(bars) + [diagonal] + histogram)
    }

    private var count: Int { calibration.bins.reduce(0) { $0 + $1.count } }

    private var summary: String {
        "ECE \(calibration.expectedError.fixed(4)) · MCE \(calibration.maximumError.fixed(4)) · "
            + CurvesPlot.samples(count)
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

    private var legend: [SVGElement] {
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

    private var description: String {
        let tendency = calibration.overconfidence > 0 ? "too sure of itself" : "too modest"
        return "Accuracy over confidence. The expected calibration error is "
            + "\(calibration.expectedError.fixed(4)), the greatest \(calibration.maximumError.fixed(4)); on "
            + "the whole the classifier is \(tendency) by \(abs(calibration.overconfidence).fixed(4))."
    }
}
