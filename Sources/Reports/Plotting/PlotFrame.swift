/// The rectangle that curves are drawn in, with its axes.
struct PlotFrame {
    /// The left edge in pixels.
    var x: Double
    /// The upper edge.
    var y: Double
    /// The width.
    var width: Double
    /// The height.
    var height: Double
    /// What the horizontal axis spans.
    var xDomain: ClosedRange<Double>
    /// What the vertical axis spans.
    var yDomain: ClosedRange<Double>
    /// What numbers go through before they are placed, where they are not placed as they are.
    var xTransform: Transform?
    /// The same from bottom to top.
    var yTransform: Transform?

    /// What numbers can go through; a page that tells values under the pointer knows these, too.
    enum Transform: String {
        /// The decimal logarithm.
        case log
        /// The standard normal distribution's quantile.
        case probit
    }

    /// Places numbers from left to right.
    var xScale: LinearScale { LinearScale(domain: xDomain, start: x, end: x + width) }
    /// Places numbers from bottom to top.
    var yScale: LinearScale { LinearScale(domain: yDomain, start: y + height, end: y) }

    /// The grid, the edge, and the ticks' and axes' labels.
    func axes(xTicks: Ticks, yTicks: Ticks, xLabel: String, yLabel: String) -> [SVGElement] {
        xTicks.values.map { vertical(at: $0, style: "stroke-grid") }
            + yTicks.values.map { horizontal(at: $0, style: "stroke-grid") }
            + [edge]
            + zip(xTicks.values, xTicks.labels).map { value, label in
                PlotText.line(
                    label, x: xScale(value), y: y + height + 18, anchor: .middle, style: "fill-muted")
            }
            + zip(yTicks.values, yTicks.labels).map { value, label in
                PlotText.line(label, x: x - 8, y: yScale(value) + 4, anchor: .end, style: "fill-muted")
            }
            + [
                PlotText.line(xLabel, x: x + width / 2, y: y + height + 40, size: 13, anchor: .middle),
                rotatedLabel(yLabel, at: x - 52),
            ]
    }

    /// A line from the upper to the lower edge.
    func vertical(at value: Double, style: String) -> SVGElement {
        SVGElement(
            "line", ["class": style, "x1": xScale(value), "x2": xScale(value), "y1": y, "y2": y + height])
    }

    /// A line through points, in pieces where a number is not finite; points that would lie on one another
    /// are left out.
    func curve(_ xs: [Double], _ ys: [Double]) -> SVGElement {
        var path = ""
        var last: (x: Double, y: Double)?
        for (index, point) in zip(xs, ys).enumerated() {
            guard point.0.isFinite, point.1.isFinite else {
                last = nil
                continue
            }
            let (px, py) = (xScale(point.0), yScale(point.1))
            let isLast = index == xs.count - 1
            if let last, !isLast, abs(px - last.x) < 0.3, abs(py - last.y) < 0.3 { continue }
            path += "\(last == nil ? "M" : "L")\(px.attributeText) \(py.attributeText)"
            last = (px, py)
        }
        return SVGElement("path", ["d": path])
    }

    private func horizontal(at value: Double, style: String) -> SVGElement {
        SVGElement(
            "line", ["class": style, "x1": x, "x2": x + width, "y1": yScale(value), "y2": yScale(value)])
    }

    private var edge: SVGElement {
        var edge = SVGElement(
            "rect",
            [
                "class": "stroke-frame", "fill": "none", "x": x, "y": y, "width": width, "height": height,
                // What a page needs to tell the values under the pointer.
                "data-x": "\(xDomain.lowerBound) \(xDomain.upperBound)",
                "data-y": "\(yDomain.lowerBound) \(yDomain.upperBound)",
            ])
        if let xTransform { edge = edge.with("data-x-scale", xTransform.rawValue) }
        if let yTransform { edge = edge.with("data-y-scale", yTransform.rawValue) }
        return edge
    }

    private func rotatedLabel(_ label: String, at x: Double) -> SVGElement {
        PlotText.line(label, x: 0, y: 0, size: 13, anchor: .middle)
            .with(
                "transform", "translate(\(x.attributeText) \((y + height / 2).attributeText)) rotate(-90)")
    }
}
