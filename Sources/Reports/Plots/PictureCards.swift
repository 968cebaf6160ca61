/// A picture with what there is to say about it.
public struct PictureCard: Sendable {
    /// The picture as a PNG file in Base64; nil leaves its place empty.
    public var picture: String?
    /// What stands below it, a line each.
    public var lines: [String]
    /// What pointing at it says, such as its file.
    public var hint: String

    /// A card.
    public init(picture: String?, lines: [String], hint: String) {
        self.picture = picture
        self.lines = lines
        self.hint = hint
    }
}

extension SVGDocument {
    /// Pictures side by side, eight a row, with the pictures in the file itself.
    public static func pictureCards(
        name: String, title: String, subtitle: String, _ cards: [PictureCard]
    ) -> SVGDocument {
        let (columns, pitch, top) = (min(max(cards.count, 4), 8), 124.0, 76.0)
        let rowHeight = PictureCard.side + 16 + 15 * Double(cards.map(\.lines.count).max() ?? 0)
        let rows = (cards.count + columns - 1) / columns
        let elements = cards.enumerated().flatMap { index, card in
            card.elements(
                x: 24 + Double(index % columns) * pitch, y: top + Double(index / columns) * rowHeight)
        }
        let width = 24 + pitch * Double(columns) + 12
        let nothing =
            cards.isEmpty ? [PlotText.line("none", x: 24, y: top + 20, style: "fill-muted")] : []
        return SVGDocument(
            name: name, width: width, height: top + max(rowHeight * Double(rows), 40) + 12, title: title,
            description: subtitle,
            PlotText.heading(title, subtitle, x: 24, width: width - 48) + elements + nothing)
    }

    /// A picture of each cell of a confusion matrix: true classes in rows, predicted classes in columns.
    public static func pictureMatrix(classNames: [String], _ cells: [[PictureCard?]]) -> SVGDocument {
        let (left, top) = (150.0, 104.0)
        let (pitch, rowHeight) = (PictureCard.side + 12, PictureCard.side + 30)
        var elements = PlotText.heading(
            "One picture of each cell", "true class in rows, predicted class in columns · the surest of each",
            x: 24)
        for (index, name) in classNames.enumerated() {
            elements.append(
                PlotText.name(
                    name, x: left + (Double(index) + 0.5) * pitch - 6, y: top - 10, anchor: .middle,
                    width: pitch - 8))
            elements.append(
                PlotText.name(
                    name, x: left - 12, y: top + Double(index) * rowHeight + PictureCard.side / 2 + 4,
                    anchor: .end, width: left - 24))
        }
        for (row, cards) in cells.enumerated() {
            for (column, card) in cards.enumerated() {
                let (x, y) = (left + Double(column) * pitch, top + Double(row) * rowHeight)
                elements += (card ?? PictureCard(picture: nil, lines: [], hint: "none")).elements(x: x, y: y)
            }
        }
        let count = Double(classNames.count)
        return SVGDocument(
            name: "graft-gallery-cells", width: max(left + count * pitch + 12, 460),
            height: top + count * rowHeight + 12, title: "One picture of each cell",
            description: "For each true and each predicted class, the picture that is the surest example",
            elements)
    }
}

extension PictureCard {
    /// How wide and high pictures are drawn, in pixels.
    static let side = 112.0

    func elements(x: Double, y: Double) -> [SVGElement] {
        let frame = SVGElement(
            "rect",
            [
                "class": "stroke-grid", "fill": "none", "x": x, "y": y, "width": Self.side,
                "height": Self.side,
            ])
        let image = picture.map { data in
            SVGElement(
                "image",
                [
                    "x": x, "y": y, "width": Self.side, "height": Self.side,
                    "style": "image-rendering:pixelated", "href": "data:image/png;base64,\(data)",
                ])
        }
        let shown = SVGElement(
            "g", [:], [SVGElement("title", text: hint), frame] + [image].compactMap(\.self))
        return [shown]
            + lines.enumerated().map { index, line in
                PlotText.name(
                    line, x: x, y: y + Self.side + 14 + 14 * Double(index), size: 11, width: Self.side,
                    style: index == 0 ? "fill-ink" : "fill-muted")
            }
    }
}
