import Foundation
import Reports

/// A page that is whole by itself: styles, scripts, drawings and files are within it, and nothing comes from a network.
public struct Page: Sendable {
    /// A part with a heading, to which the list at the top leads.
    struct Section: Sendable {
        /// The heading's identifier.
        var id: String
        /// The heading.
        var title: String
        /// What is below it.
        var content: HTML
    }

    /// The whole file.
    public let text: String

    init(title: String, lead: HTML, sections: [Section]) {
        let links = sections.map { section in
            HTML.tag("li", [:], .tag("a", ["href": "#\(section.id)"], .text(section.title)))
        }
        let body: HTML = [
            .tag("a", ["class": "skip", "href": "#content"], "To the content"),
            .tag(
                "header", ["class": "top"],
                [
                    .tag("h1", [:], .text(title)),
                    .tag("button", ["class": "theme", "type": "button"], "Theme"),
                ]),
            .tag("nav", ["aria-label": "Sections"], .tag("ul", [:], HTML(links))),
            .tag(
                "main", ["id": "content"],
                HTML(
                    [lead]
                        + sections.map { section in
                            .tag(
                                "section", ["aria-labelledby": section.id],
                                [.tag("h2", ["id": section.id], .text(section.title)), section.content])
                        })),
            .tag("footer", ["class": "dim"], "Made by Graft. Everything on this page is within this file."),
        ]
        text = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
            style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>\(title.escapedForHTML)</title>
            <style>
            \(PageStyle.sheet)
            \(SVGDocument.pageStyleSheet)
            </style>
            </head>
            <body>
            \(body.markup)
            <script>
            \(PageScript.source)
            \(CurveScript.source)
            </script>
            </body>
            </html>

            """
    }
}
