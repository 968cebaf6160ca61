/// What a network saw in a picture, to be drawn: the picture, the maps of one or more classes upon it, and how likely
/// the classes were.
public struct ExplanationFigure: Sendable {
    /// The map of a class.
    public struct Panel: Sendable {
        /// The class, with what it is: `happy (predicted)`.
        public var title: String
        /// The picture with the map upon it, as a PNG file in Base64.
        public var picture: String

        /// What the brightest colour stands for.
        public var greatest: String

        /// A map.
        public init(title: String, picture: String, greatest: String) {
            (self.title, self.picture, self.greatest) = (title, picture, greatest)
        }
    }

    /// A class with its probability.
    public struct Score: Sendable {
        /// The class.
        public var name: String
        /// Its probability.
        public var value: Double
        /// What it is beside that: `true class`.
        public var remark: String

        /// A class.
        public init(name: String, value: Double, remark: String) {
            (self.name, self.value, self.remark) = (name, value, remark)
        }
    }

    /// The picture's name.
    public var title: String
    /// How it was explained.
    public var subtitle: String
    /// The picture as a PNG file in Base64.
    public var picture: String
    /// How wide the picture is for its height.
    public var aspect: Double
    /// The maps.
    public var panels: [Panel]
    /// The likeliest classes, the likeliest first.
    public var scores: [Score]
    /// A figure.
    public init(
        title: String, subtitle: String, picture: String, aspect: Double, panels: [Panel], scores: [Score]
    ) {
        (self.title, self.subtitle, self.picture, self.aspect) = (title, subtitle, picture, aspect)
        (self.panels, self.scores) = (panels, scores)
    }
}

extension SVGDocument {
    /// A picture beside its maps and the likeliest classes, with the pictures in the file itself.
    public static func explanationPlot(_ figure: ExplanationFigure) -> SVGDocument {
        let name = "graft-explanation"
        let (side, gap, left, top) = (256.0, 18.0, 24.0, 96.0)
        let pictures = [("picture", figure.picture)] + figure.panels.map { ($0.title, $0.picture) }
        var elements: [SVGElement] = []
        for (index, (title, data)) in pictures.enumerated() {
            let x = left + Double(index) * (side + gap)
            elements.append(
                PlotText.name(
                    title, x: x, y: top - 12, width: side, style: index == 0 ? "fill-muted" : "fill-ink"))
            elements.append(.picture(data, x: x, y: top, side: side, aspect: figure.aspect))
        }
        let height = side / max(figure.aspect, 1)
        elements.append(ColorScale.definition(in: name))
        for (index, panel) in figure.panels.enumerated() {
            let x = left + Double(index + 1) * (side + gap)
            elements += ColorScale(
                name: name, x: x, y: top + height + 14, width: min(side, side * figure.aspect)
            )
            .elements(low: "0", high: panel.greatest)
        }
        let x = left + Double(pictures.count) * (side + gap) + 10
        elements += scoreBars(figure.scores, x: x, y: top)
        let width = x + 300
        return SVGDocument(
            name: name, width: width,
            height: top + max(height + 62, 34 * Double(figure.scores.count) + 20), title: figure.title,
            description: figure.subtitle,
            PlotText.heading(figure.title, figure.subtitle, x: left, width: width - 48) + elements)
    }

    private static func scoreBars(
        _ scores: [ExplanationFigure.Score], x: Double, y: Double
    ) -> [SVGElement] {
        let width = 270.0
        return scores.enumerated().flatMap { index, score in
            let top = y + 34 * Double(index)
            let shown = score.name + (score.remark.isEmpty ? "" : " · \(score.remark)")
            return [
                PlotText.name(shown, x: x, y: top + 11, width: width - 60),
                PlotText.line(
                    "\((score.value * 100).fixed(1)) %", x: x + width, y: top + 11, anchor: .end,
                    style: "fill-muted"),
                SVGElement(
                    "rect",
                    ["class": "fill-grid", "x": x, "y": top + 17, "width": width, "height": 6.0, "rx": "3"]),
                SVGElement(
                    "rect",
                    [
                        "class": index == 0 ? "fill-series1" : "fill-frame", "x": x, "y": top + 17,
                        "width": max(width * min(max(score.value, 0), 1), 1), "height": 6.0, "rx": "3",
                    ]),
            ]
        }
    }
}

extension SVGElement {
    /// A PNG file in Base64 that fits into a square, at its upper left corner.
    static func picture(_ data: String, x: Double, y: Double, side: Double, aspect: Double) -> SVGElement {
        SVGElement(
            "image",
            [
                "x": x, "y": y, "width": side * min(aspect, 1), "height": side / max(aspect, 1),
                "style": "image-rendering:pixelated", "href": "data:image/png;base64,\(data)",
            ])
    }
}

/// The colours of ``ColorMap`` from left to right.
struct ColorScale {
    /// The drawing's name.
    var name: String
    var x: Double
    var y: Double
    var width: Double

    /// The colours, once in a drawing.
    static func definition(in name: String) -> SVGElement {
        let stops = (0...16).map { step in
            SVGElement(
                "stop",
                ["offset": "\(Double(step) / 16)", "stop-color": ColorMap.hex(Double(step) / 16)])
        }
        return SVGElement("defs", [:], [SVGElement("linearGradient", ["id": "\(name)-inferno"], stops)])
    }

    func elements(low: String, high: String) -> [SVGElement] {
        [
            SVGElement(
                "rect",
                ["fill": "url(#\(name)-inferno)", "x": x, "y": y, "width": width, "height": 8.0, "rx": "2"]),
            PlotText.line(low, x: x, y: y + 22, size: 11, style: "fill-muted"),
            PlotText.line(high, x: x + width, y: y + 22, size: 11, anchor: .end, style: "fill-muted"),
        ]
    }
}
