import Foundation

extension SVGDocument {
    /// Samples on a plane, a colour and a shape a class; around mistakes, a ring in the colour of the class that they
    /// were taken for. Pointing at one says what it is.
    public static func scatterPlot(_ figure: ScatterFigure) -> SVGDocument { ScatterPlot(figure).document }
}

/// Lays out samples on a plane.
private struct ScatterPlot {
    let figure: ScatterFigure
    let frame: PlotFrame
    private let legend: [(label: Int, name: String, count: Int, mistakes: Int)]

    init(_ figure: ScatterFigure) {
        self.figure = figure
        frame = Self.frame(figure)
        legend = figure.classNames.enumerated().compactMap { label, name in
            let own = figure.points.filter { $0.label == label }
            return own.isEmpty ? nil : (label, name, own.count, own.count { $0.mistakenFor != nil })
        }
    }

    /// A frame in which distances are as long in either direction.
    private static func frame(_ figure: ScatterFigure) -> PlotFrame {
        let (x, y) = (domain(figure.points.map(\.x)), domain(figure.points.map(\.y)))
        let (across, upwards) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
        // A crowd needs more room.
        let width = figure.points.count > 800 ? 760.0 : 600.0
        let height = min(max(width * upwards / across, 300), 1.2 * width)
        let unit = max(across / width, upwards / height)
        return PlotFrame(
            x: figure.axes.x.isEmpty ? 24 : 84, y: 76, width: width, height: height,
            xDomain: widened(x, to: unit * width), yDomain: widened(y, to: unit * height))
    }

    private static func widened(_ domain: ClosedRange<Double>, to span: Double) -> ClosedRange<Double> {
        let margin = max(span - (domain.upperBound - domain.lowerBound), 0) / 2
        return domain.lowerBound - margin...domain.upperBound + margin
    }

    /// With some room around.
    private static func domain(_ values: [Double]) -> ClosedRange<Double> {
        let (low, high) = (values.min() ?? 0, values.max() ?? 0)
        let margin = max((high - low) * 0.03, 1e-9)
        return low - margin...high + margin
    }

    var document: SVGDocument {
        let width = frame.x + frame.width + 260
        return SVGDocument(
            name: figure.name, width: width,
            height: max(
                frame.y + frame.height + (figure.axes.x.isEmpty ? 24 : 56),
                frame.y + 40 + 20 * Double(legend.count) + 60),
            title: figure.title, description: figure.subtitle,
            PlotText.heading(figure.title, figure.subtitle, x: 24, width: width - 48) + axes
                + figure.points.map(element) + legendElements)
    }

    /// How large a mark is: smaller where there are many.
    private var size: Double { 3.4 * min(pow(500 / Double(max(figure.points.count, 1)), 0.35), 1) }

    private var axes: [SVGElement] {
        let hasAxes = !figure.axes.x.isEmpty
        let none = Ticks(values: [], labels: [])
        return frame.axes(
            xTicks: hasAxes ? Ticks(in: frame.xDomain, count: 6) : none,
            yTicks: hasAxes ? Ticks(in: frame.yDomain, count: 6) : none, xLabel: figure.axes.x,
            yLabel: figure.axes.y)
    }

    private func element(_ point: ScatterFigure.Point) -> SVGElement {
        let (x, y) = (frame.xScale(point.x), frame.yScale(point.y))
        let ring = point.mistakenFor.map { label in
            SVGElement(
                "circle",
                [
                    "class": "stroke-series\(label % Theme.seriesCount + 1)", "fill": "none", "cx": x,
                    "cy": y,
                    "r": size + 1.9, "stroke-width": size > 3 ? 1.2 : 0.8,
                ])
        }
        let hint =
            "\(point.name): \(point.truth.isEmpty ? "no class" : point.truth)"
            + (point.mistakenFor == nil
                ? "" : ", taken for \(point.predicted.isEmpty ? "none" : point.predicted)")
        return SVGElement(
            "g", [:],
            [SVGElement("title", text: hint), Mark(class: point.label).element(x: x, y: y, size: size)]
                + [ring].compactMap(\.self))
    }

    private var legendElements: [SVGElement] {
        let x = frame.x + frame.width + 24
        var elements = [
            PlotText.line("class", x: x + 20, y: frame.y + 12, style: "fill-muted"),
            PlotText.line("pictures", x: x + 212, y: frame.y + 12, anchor: .end, style: "fill-muted"),
        ]
        for (row, line) in legend.enumerated() {
            let y = frame.y + 34 + 20 * Double(row)
            elements += [
                Mark(class: line.label).element(x: x + 6, y: y - 4, size: 5),
                PlotText.name(line.name, x: x + 20, y: y, width: 140),
                PlotText.line("\(line.count)", x: x + 212, y: y, anchor: .end, style: "fill-muted"),
            ]
        }
        let mistakes = legend.reduce(0) { $0 + $1.mistakes }
        guard mistakes > 0 else { return elements }
        let y = frame.y + 34 + 20 * Double(legend.count) + 14
        elements += [
            SVGElement(
                "circle",
                [
                    "class": "stroke-ink", "fill": "none", "cx": x + 6, "cy": y - 4, "r": 5.5,
                    "stroke-width": "1.2",
                ]),
            PlotText.line("mistaken for the ring's class", x: x + 20, y: y),
            PlotText.line("\(mistakes) of \(figure.points.count)", x: x + 20, y: y + 17, style: "fill-muted"),
        ]
        return elements
    }
}

/// How the samples of a class are marked, so that all can be told apart without colours, too.
private struct Mark {
    private let color: String
    private let shape: Int

    init(class index: Int) {
        color = "fill-series\(index % Theme.seriesCount + 1)"
        shape = index % Self.corners.count
    }

    /// Corners as shares of the size; none for a disc.
    private static let corners: [[(Double, Double)]] = [
        [], [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)], [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
        [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)], [(0, 1.2), (1.1, -0.8), (-1.1, -0.8)],
        cross(0), cross(.pi / 4),
    ]

    private static func cross(_ angle: Double) -> [(Double, Double)] {
        let (long, short) = (1.3, 0.42)
        let arm: [(Double, Double)] = [(-short, short), (-short, long), (short, long)]
        return (0..<4).flatMap { turn in
            let angle = angle - Double(turn) * .pi / 2
            return arm.map { ($0.0 * cos(angle) - $0.1 * sin(angle), $0.0 * sin(angle) + $0.1 * cos(angle)) }
        }
    }

    func element(x: Double, y: Double, size: Double) -> SVGElement {
        let corners = Self.corners[shape]
        guard !corners.isEmpty else {
            return SVGElement(
                "circle", ["class": color, "cx": x, "cy": y, "r": size, "fill-opacity": 0.8])
        }
        let path = corners.map { "\((x + size * $0.0).attributeText) \((y + size * $0.1).attributeText)" }
        return SVGElement(
            "path", ["class": color, "d": "M" + path.joined(separator: "L") + "Z", "fill-opacity": 0.8])
    }
}
