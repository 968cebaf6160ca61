/// A finished drawing: a page of SVG 1.1 with its own style, without scripts or references to other files.
///
/// It shows light or dark as the reader's system does, and is dark on light when printed.
public struct SVGDocument: Sendable, Equatable {
    /// The width in pixels.
    public let width: Double
    /// The height in pixels.
    public let height: Double
    /// The whole file; the same for the same content.
    public let text: String

    /// A drawing on a page of the theme's background.
    /// - Parameters:
    ///   - name: a word that tells the kind of drawing; it makes identifiers unique in a page of several.
    ///   - title: what the drawing is called.
    ///   - description: what it shows, for those who cannot see it.
    init(
        name: String, width: Double, height: Double, title: String, description: String,
        _ elements: [SVGElement]
    ) {
        self.width = width.rounded(.up)
        self.height = height.rounded(.up)
        let page = SVGElement(
            "rect", ["class": "fill-page", "width": self.width, "height": self.height, "rx": "6"])
        let root = SVGElement(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "graft-plot", "role": "img",
                "aria-labelledby": "\(name)-title \(name)-desc", "width": self.width, "height": self.height,
                "viewBox": "0 0 \(self.width.attributeText) \(self.height.attributeText)",
            ],
            [
                SVGElement("title", ["id": "\(name)-title"], text: title),
                SVGElement("desc", ["id": "\(name)-desc"], text: description),
                SVGElement("style", text: Theme.styleSheet), page,
            ] + elements)
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        root.write(to: &text)
        self.text = text
    }
}
