import Foundation
import Reports

/// A page that is whole by itself: styles, scripts, drawings and files are within it, and nothing comes from a network.
public struct Page: Sendable {
    /// A part with a heading, to which the list at the top leads.
    package struct Section: Sendable {
        /// The heading's identifier.
        var id: String
        /// The heading.
        var title: String
        /// What is below it.
        var content: HTML

        /// A part.
        package init(id: String, title: String, content: HTML) {
            (self.id, self.title, self.content) = (id, title, content)
        }
    }

    private let title: String
    private let lead: HTML
    private let sections: [Section]

    /// A page.
    package init(title: String, lead: HTML, sections: [Section]) {
        (self.title, self.lead, self.sections) = (title, lead, sections)
    }

    /// The whole file.
    public var text: String { text(in: .none) }

    /// The page within what surrounds it.
    package func text(in frame: PageFrame) -> String {
        let links = sections.map { section in
            HTML.tag("li", [:], .tag("a", ["href": "#\(section.id)"], .text(section.title)))
        }
        let body: HTML = [
            .tag("a", ["class": "skip", "href": "#content"], "To the content"), frame.top,
            .tag(
                "header", ["class": "top"],
                [
                    .tag("h1", [:], .text(title)),
                    .tag("button", ["class": "theme", "type": "button"], "Theme"),
                ]),
            links.isEmpty ? [] : .tag("nav", ["aria-label": "Sections"], .tag("ul", [:], HTML(links))),
            .tag(
                "main", ["id": "content"],
                HTML(
                    [lead]
                        + sections.map { section in
                            .tag(
                                "section", ["aria-labelledby": section.id],
                                [.tag("h2", ["id": section.id], .text(section.title)), section.content])
                        })),
            frame.footer.markup.isEmpty ? [] : .tag("footer", ["class": "dim"], frame.footer),
        ]
        func elements(_ name: String, _ texts: [String]) -> String {
            texts.map { "<\(name)>\($0)</\(name)>" }.joined(separator: "\n")
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(frame.head.markup)
            <title>\(title.escapedForHTML)</title>
            \(elements("style", Self.styles + frame.styles))
            \(elements("script", frame.earlyScripts))
            </head>
            <body>
            \(body.markup)
            \(elements("script", Self.scripts + frame.scripts))
            </body>
            </html>

            """
    }

    /// The style sheets of every page.
    package static let styles = ["\n\(PageStyle.sheet)\n\(SVGDocument.pageStyleSheet)\n"]
    /// The scripts of every page.
    package static let scripts = ["\n\(PageScript.source)\n\(CurveScript.source)\n"]
}
