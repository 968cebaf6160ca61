/// Text as drawings have it.
enum PlotText {
    /// Which point of the text is where it is put.
    enum Anchor: String {
        case start
        case middle
        case end
    }

    /// One line of text, in which line breaks are blanks; its baseline is at `y`.
    static func line(
        _ text: String, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start,
        style: String = "fill-ink"
    ) -> SVGElement {
        var element = SVGElement(
            "text", ["class": style, "x": x, "y": y, "font-size": size],
            text: text.contains(where: \.isNewline)
                ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : text)
        if anchor != .start { element = element.with("text-anchor", anchor.rawValue) }
        return element
    }

    /// A name cut to a width; where it had to be cut, pointing at it shows it whole.
    static func name(
        _ text: String, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start, width: Double,
        style: String = "fill-ink"
    ) -> SVGElement {
        let shown = TextWidth.fitted(text, size: size, width: width)
        let element = line(shown, x: x, y: y, size: size, anchor: anchor, style: style)
        return shown == text ? element : SVGElement("g", [:], [SVGElement("title", text: text), element])
    }

    /// The drawing's title with a line of smaller print below it.
    static func heading(
        _ title: String, _ subtitle: String, x: Double, width: Double = .infinity
    ) -> [SVGElement] {
        [
            SVGElement("text", ["class": "title fill-ink", "x": x, "y": 32.0], text: title),
            name(subtitle, x: x, y: 52, width: width, style: "fill-muted"),
        ]
    }
}
