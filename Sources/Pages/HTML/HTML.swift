import Foundation

/// A piece of a page. Text is escaped where it goes in; only what was made here, or is a drawing, goes in as it is.
public struct HTML: Sendable, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral {
    /// The markup.
    public let markup: String

    /// Text.
    public init(stringLiteral text: String) { markup = text.escapedForHTML }

    /// Pieces one after the other.
    public init(arrayLiteral pieces: HTML...) { self.init(pieces) }

    /// Pieces one after the other.
    public init(_ pieces: [HTML]) { markup = pieces.map(\.markup).joined() }

    /// What is markup already.
    package init(markup: String) { self.markup = markup }

    /// Text from elsewhere.
    package static func text(_ text: String) -> HTML { HTML(markup: text.escapedForHTML) }

    /// An element; attributes without a value are left out.
    package static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: HTML? = []
    ) -> HTML {
        let list = attributes.compactMap { key, value in value.map { " \(key)=\"\($0.escapedForHTML)\"" } }
        let opening = "<\(name)\(list.joined())>"
        guard let content else { return HTML(markup: opening) }
        return HTML(markup: opening + content.markup + "</\(name)>")
    }

    /// A table with a caption for those who hear it.
    /// - Parameter isNumeric: whether a column's fields stand at its right edge.
    package static func table(
        _ caption: String, header: [String], rows: [[HTML]], isNumeric: (Int) -> Bool = { $0 > 0 }
    ) -> HTML {
        func cell(_ name: String, _ index: Int, _ content: HTML, scope: String? = nil) -> HTML {
            tag(name, ["scope": scope, "class": isNumeric(index) ? "number" : nil], content)
        }
        let head = header.enumerated().map { cell("th", $0, .text($1), scope: "col") }
        let body = rows.map { row in
            tag(
                "tr", [:],
                HTML(
                    row.enumerated().map {
                        $0 == 0 ? cell("th", 0, $1, scope: "row") : cell("td", $0, $1)
                    }))
        }
        return tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
            tag(
                "table", [:],
                [
                    tag("caption", [:], .text(caption)), tag("thead", [:], tag("tr", [:], HTML(head))),
                    tag("tbody", [:], HTML(body)),
                ]))
    }

    /// A link that saves a file which is within the page.
    package static func download(_ name: String, _ data: Data, type: String = "text/csv") -> HTML {
        tag(
            "a",
            ["download": name, "href": "data:\(type);base64,\(data.base64EncodedString())", "class": "file"],
            .text(name))
    }
}

extension String {
    /// The text with those characters spelt out that mean something to HTML.
    package var escapedForHTML: String {
        // Most texts have none of them, and pages have thousands of texts.
        guard utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return self }
        var text = ""
        text.reserveCapacity(utf8.count)
        for character in unicodeScalars {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }
}
