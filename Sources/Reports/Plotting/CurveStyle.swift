/// How one of several curves is drawn, so that all can be told apart.
struct CurveStyle {
    /// The class of the colour, such as `stroke-series1`.
    var stroke: String
    /// The pattern of dashes; empty for an unbroken line.
    var dashes: String
    /// The width of the line in pixels.
    var width: Double

    /// The style of a class: eight colours unbroken, then the same colours in three kinds of dashes.
    init(class index: Int) {
        let patterns = ["", "9 3", "3 2.5", "9 2.5 2 2.5"]
        stroke = "stroke-series\(index % Theme.seriesCount + 1)"
        dashes = patterns[index / Theme.seriesCount % patterns.count]
        width = 1.8
    }

    private init(stroke: String, dashes: String, width: Double) {
        self.stroke = stroke
        self.dashes = dashes
        self.width = width
    }

    /// The average over all decisions.
    static let micro = CurveStyle(stroke: "stroke-ink", dashes: "2 3", width: 2.6)
    /// The average over all classes.
    static let macro = CurveStyle(stroke: "stroke-ink", dashes: "10 4", width: 2.6)
    /// What a guess would do.
    static let chance = CurveStyle(stroke: "stroke-frame", dashes: "5 4", width: 1.2)

    /// The element drawn in this style.
    func callAsFunction(_ element: SVGElement) -> SVGElement {
        let styled = element.with("class", "line \(stroke)").with("style", "stroke-width:\(width)")
        return dashes.isEmpty ? styled : styled.with("stroke-dasharray", dashes)
    }

    /// A short piece of such a line, for a legend.
    func swatch(x: Double, y: Double, width: Double = 30) -> SVGElement {
        self(SVGElement("line", ["x1": x, "x2": x + width, "y1": y, "y2": y]))
    }
}
