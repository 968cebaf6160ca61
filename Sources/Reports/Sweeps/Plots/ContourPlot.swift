extension SVGDocument {
    /// The first metric over the two most important numbers, from the trials around each place; nil where there are
    /// no two numbers, or too few trials.
    public static func contourPlot(_ surface: MetricSurface) -> SVGDocument {
        ContourPlot(surface).document
    }
}

/// Lays out a map of the metric: cells whose shade goes in steps, so that the steps' borders are the contours.
struct ContourPlot {
    private let surface: MetricSurface
    private let frame: PlotFrame
    private let levels = 10
    private let range: ClosedRange<Double>

    init(_ surface: MetricSurface) {
        self.surface = surface
        frame = PlotFrame(
            x: 92, y: 84, width: 480, height: 380, xDomain: surface.x.scale.domain,
            yDomain: surface.y.scale.domain)
        range = PlotFrame.domain(of: surface.cells.map(\.value))
    }

    var document: SVGDocument {
        let names = (surface.x.name, surface.y.name)
        return SVGDocument(
            name: "graft-contour", width: 92 + 480 + 110, height: 84 + 380 + 56, title: "Contour",
            description: "The metric \(surface.metric) over \(names.0) and \(names.1), between the trials by "
                + "their distance.",
            PlotText.heading("Contour", "\(surface.metric) · dots are trials, the best is filled", x: 92)
                + cells
                + frame.axes(
                    xTicks: surface.x.scale.ticks(count: 5), yTicks: surface.y.scale.ticks(count: 5),
                    xLabel: TextWidth.fitted(names.0, size: 13, width: 460),
                    yLabel: TextWidth.fitted(names.1, size: 13, width: 360)) + legend + dots)
    }

    private func opacity(_ value: Double) -> Double {
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        let level = (min(max(share, 0), 0.999) * Double(levels)).rounded(.down)
        return 0.03 + 0.07 * level
    }

    private var cells: [SVGElement] {
        let (width, height) = (
            frame.width / Double(MetricSurface.side), frame.height / Double(MetricSurface.side)
        )
        return surface.cells.map { cell in
            SVGElement(
                "rect",
                [
                    "class": "fill-shade", "fill-opacity": opacity(cell.value),
                    "shape-rendering": "crispEdges",
                    "x": frame.xScale(cell.x) - width / 2, "y": frame.yScale(cell.y) - height / 2,
                    "width": width, "height": height,
                ])
        }
    }

    /// The shades with what they stand for.
    private var legend: [SVGElement] {
        let (left, step) = (frame.x + frame.width + 20, frame.height / Double(levels))
        let scale = LinearScale(domain: range, start: frame.y + frame.height, end: frame.y)
        let boxes = (0..<levels).map { level in
            SVGElement(
                "rect",
                [
                    "class": "fill-shade", "fill-opacity": 0.03 + 0.07 * Double(level),
                    "shape-rendering": "crispEdges", "x": left, "width": 16.0,
                    "y": frame.y + frame.height - Double(level + 1) * step, "height": step,
                ])
        }
        let ticks = Ticks(in: range, count: 6)
        return boxes
            + zip(ticks.values, ticks.labels).map { value, label in
                PlotText.line(label, x: left + 22, y: scale(value) + 4, style: "fill-muted")
            }
    }

    private var dots: [SVGElement] {
        surface.points.map { point in
            frame.point(
                point.x, point.y, isFilled: point.isBest, style: point.isBest ? "series2" : "ink",
                title: "trial \(point.number): \(NumberText.short(point.value))")
        }
    }
}
