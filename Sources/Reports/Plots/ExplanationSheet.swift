/// A small explanation among others: a picture with maps beside it.
public struct ExplanationCard: Sendable {
    /// The picture and its maps, as PNG files in Base64.
    public var pictures: [String]
    /// How wide the picture is for its height.
    public var aspect: Double
    /// What stands below each picture.
    public var captions: [String]
    /// What stands below all of them, in smaller print.
    public var detail: String
    /// What pointing at it says, such as its file.
    public var hint: String

    /// A card.
    public init(pictures: [String], aspect: Double, captions: [String], detail: String, hint: String) {
        (self.pictures, self.aspect, self.captions) = (pictures, aspect, captions)
        (self.detail, self.hint) = (detail, hint)
    }
}

extension SVGDocument {
    /// Explanations side by side, with the pictures in the file itself.
    /// - Parameter name: a word that tells the drawing from others in a page.
    public static func explanationSheet(
        name: String, title: String, subtitle: String, _ cards: [ExplanationCard],
        scale: (low: String, high: String)
    ) -> SVGDocument {
        let (side, top, left) = (ExplanationCard.side, 84.0, 24.0)
        let columns = cards.map(\.pictures.count).max() ?? 1
        let pitch = Double(columns) * (side + 6) + 22
        let perRow = max(Int(1040 / pitch), 1)
        let rows = (cards.count + perRow - 1) / perRow
        let rowHeight = side + 46
        let elements = cards.enumerated().map { index, card in
            card.element(
                x: left + Double(index % perRow) * pitch, y: top + Double(index / perRow) * rowHeight)
        }
        let width = max(left + Double(min(perRow, max(cards.count, 1))) * pitch + 6, 460)
        let legend =
            [ColorScale.definition(in: name)]
            + ColorScale(name: name, x: width - 224, y: 26, width: 200).elements(
                low: scale.low, high: scale.high)
        return SVGDocument(
            name: name, width: width, height: top + Double(rows) * rowHeight + 8,
            title: title, description: subtitle,
            PlotText.heading(title, subtitle, x: left, width: width - 260) + legend + elements)
    }
}

extension ExplanationCard {
    /// How wide and high pictures are drawn, in pixels.
    static let side = 112.0

    fileprivate func element(x: Double, y: Double) -> SVGElement {
        let drawn = pictures.enumerated().map { index, data in
            SVGElement.picture(
                data, x: x + Double(index) * (Self.side + 6), y: y, side: Self.side, aspect: aspect)
        }
        let words = captions.enumerated().map { index, caption in
            PlotText.name(
                caption, x: x + Double(index) * (Self.side + 6), y: y + Self.side + 14, size: 11,
                width: Self.side)
        }
        let width = Double(pictures.count) * (Self.side + 6) - 6
        return SVGElement(
            "g", [:],
            [SVGElement("title", text: hint)] + drawn + words + [
                PlotText.name(
                    detail, x: x, y: y + Self.side + 29, size: 10, width: width, style: "fill-muted")
            ])
    }
}
