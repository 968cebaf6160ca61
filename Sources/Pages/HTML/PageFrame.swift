/// What surrounds a page: nothing where it is a file of its own, the links and scripts of a site where it is part of one.
package struct PageFrame: Sendable {
    /// More for the page's head.
    package var head: HTML
    /// What comes before the title.
    package var top: HTML
    /// More style sheets.
    package var styles: [String]
    /// Scripts that run before the page is shown.
    package var earlyScripts: [String]
    /// Scripts that run once the page is there.
    package var scripts: [String]
    /// What stands at the end.
    package var footer: HTML

    /// What surrounds a page of a site.
    package init(
        head: HTML = [], top: HTML = [], styles: [String] = [], earlyScripts: [String] = [],
        scripts: [String] = [],
        footer: HTML = []
    ) {
        (self.head, self.top, self.styles) = (head, top, styles)
        (self.earlyScripts, self.scripts, self.footer) = (earlyScripts, scripts, footer)
    }

    /// The same with more style sheets, and more scripts that run once the page is there.
    package func adding(styles: [String], scripts: [String]) -> PageFrame {
        var frame = self
        (frame.styles, frame.scripts) = (frame.styles + styles, frame.scripts + scripts)
        return frame
    }

    /// Nothing: the page is a file, which keeps itself from loading anything.
    static let none = PageFrame(
        head: .tag(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content":
                    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
            ], nil), footer: "Made by Graft. Everything on this page is within this file.")
}
