/// The legend of curves: a table with a line's look, its name and a number.
struct CurveLegend {
    struct Line {
        var style: CurveStyle?
        var name: String
        var value: String
        /// Whether a gap before it sets it apart.
        var beginsGroup = false
        /// Whether the name may be cut to leave room for the curves.
        var mayBeCut = false
    }

    private static let size = 12.0
    private static let swatchWidth = 38.0
    private let lines: [Line]
    private let valueName: String
    private let top: Double
    private let pitch: Double
    private let nameWidth: Double
    private let valueWidth: Double

    /// A legend.
    /// - Parameter valueName: what stands above the numbers.
    init(_ lines: [Line], valueName: String, top: Double) {
        self.lines = lines
        self.valueName = valueName
        self.top = top
        pitch = lines.count > 20 ? 17 : 21
        func widest(_ texts: [String]) -> Double {
            texts.map { TextWidth.of($0, size: Self.size) }.max() ?? 0
        }
        nameWidth =
            max(
                min(widest(lines.filter(\.mayBeCut).map(\.name)), 230),
                widest(lines.filter { !$0.mayBeCut }.map(\.name))) + 2
        valueWidth = widest(lines.map(\.value) + [valueName])
    }

    /// The width in pixels.
    var width: Double { Self.swatchWidth + nameWidth + 14 + valueWidth }

    /// The height in pixels.
    var height: Double { pitch * Double(lines.count + 1) + 8 * Double(lines.count { $0.beginsGroup }) }

    func elements(x: Double) -> [SVGElement] {
        let right = x + width
        var y = top + 11
        var elements = [
            PlotText.line("class", x: x + Self.swatchWidth, y: y, style: "fill-muted"),
            PlotText.line(valueName, x: right, y: y, anchor: .end, style: "fill-muted"),
        ]
        for line in lines {
            y += pitch + (line.beginsGroup ? 8 : 0)
            let style = line.style == nil ? "fill-muted" : "fill-ink"
            if let swatch = line.style?.swatch(x: x, y: y - 4) { elements.append(swatch) }
            elements.append(
                PlotText.name(
                    line.name, x: x + Self.swatchWidth, y: y, size: Self.size, width: nameWidth, style: style)
            )
            elements.append(PlotText.line(line.value, x: right, y: y, anchor: .end, style: style))
        }
        return elements
    }
}
