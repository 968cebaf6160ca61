import Foundation
import Pages
import Reports

/// What all pages of a studio have around them.
enum SiteFrame {
    /// A place that the links at the top lead to.
    enum Place: String {
        case runs = "/"
        case sweeps = "/sweeps"
    }

    /// The links at the top.
    static func top(_ place: Place?) -> HTML {
        func link(_ title: String, _ target: Place) -> HTML {
            .tag(
                "a", ["href": target.rawValue, "aria-current": place == target ? "page" : nil], .text(title))
        }
        return .tag(
            "nav", ["class": "site", "aria-label": "Site"],
            [.tag("strong", [:], "Graft studio"), link("Runs", .runs), link("Sweeps", .sweeps)])
    }

    /// The frame of a page.
    static func frame(_ place: Place?, head: HTML = [], scripts: [String] = []) -> PageFrame {
        PageFrame(
            head: head, top: top(place), styles: [SiteStyle.sheet], earlyScripts: [SiteScript.theme],
            scripts: scripts)
    }

    /// A page as it is sent.
    static func content(_ page: Page, _ place: Place?, head: HTML = [], scripts: [String] = []) -> Content {
        Content(
            page: page.text(in: frame(place, head: head, scripts: scripts)),
            styles: Page.styles + [SiteStyle.sheet], scripts: Page.scripts + [SiteScript.theme] + scripts)
    }

    /// A sweep's page as it is sent.
    static func content(_ report: SweepReport, name: String) -> Content {
        let coded = PercentCoding.encode(name)
        let links = SweepPage.Links(files: "/sweeps/\(coded)/files/", trials: "/runs/\(coded)/")
        let scripts = SweepPage.scripts + [SiteScript.sweep]
        let frame = frame(.sweeps, scripts: scripts).adding(styles: SweepPage.styles, scripts: [])
        return Content(
            page: SweepPage(report, links: links).page.text(in: frame), styles: Page.styles + frame.styles,
            scripts: Page.scripts + [SiteScript.theme] + scripts)
    }
}
