/// A square of curves, one a class and some averages, with their legend to the right.
struct CurvesPlot {
    /// A curve.
    struct Curve {
        /// What pointing at it says.
        var hint: String
        var style: CurveStyle
        var xs: [Double]
        var ys: [Double]
    }

    /// An axis.
    struct Axis {
        var label: String
        var ticks: Ticks
        var domain: ClosedRange<Double>
        /// What numbers go through before they are placed.
        var transform: PlotFrame.Transform?

        /// An axis of rates from 0 to 1. Curves of a good classifier run along the edges; a margin keeps them
        /// apart from the frame.
        static func rate(_ label: String) -> Axis {
            Axis(label: label, ticks: Ticks(in: 0...1, count: 5), domain: -0.015...1.015)
        }
    }

    /// A word that tells the kind of drawing.
    var name: String
    var title: String
    var subtitle: String
    var description: String
    var xAxis: Axis
    var yAxis: Axis
    var legend: [CurveLegend.Line]
    var valueName: String
    /// What lies below the curves, such as what a guess would do.
    var backdrop: [Curve] = []
    var curves: [Curve]

    private static let top = 72.0

    var document: SVGDocument {
        let legend = CurveLegend(legend, valueName: valueName, top: Self.top)
        let side = min(max(legend.height, 440), 600)
        let frame = PlotFrame(
            x: 72, y: Self.top, width: side, height: side, xDomain: xAxis.domain, yDomain: yAxis.domain,
            xTransform: xAxis.transform, yTransform: yAxis.transform)
        let axes = frame.axes(
            xTicks: xAxis.ticks, yTicks: yAxis.ticks, xLabel: xAxis.label, yLabel: yAxis.label)
        let right = frame.x + frame.width + 24
        return SVGDocument(
            name: name, width: right + legend.width + 24,
            height: frame.y + max(frame.height, legend.height) + 60, title: title, description: description,
            PlotText.heading(title, subtitle, x: frame.x) + axes
                + backdrop.map { $0.style(frame.curve($0.xs, $0.ys)) }
                + curves.map { Self.draw($0, in: frame) } + legend.elements(x: right))
    }

    private static func draw(_ curve: Curve, in frame: PlotFrame) -> SVGElement {
        SVGElement(
            "g", [:],
            [SVGElement("title", text: curve.hint), curve.style(frame.curve(curve.xs, curve.ys))])
    }

    /// How many samples there are, in words.
    static func samples(_ count: Int) -> String { "\(count) sample\(count == 1 ? "" : "s")" }
}
