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
    static func content(_ report: SweepReport, name: String, scripts: [String]) -> Content {
        var frame = SweepReport.Frame()
        frame.top = top(.sweeps).markup
        frame.styles = [SiteStyle.sweeps, SVGDocument.pageStyleSheet, SiteStyle.sheet]
        (frame.earlyScripts, frame.scripts) = ([SiteScript.theme], scripts)
        frame.files = "/sweeps/\(PercentCoding.encode(name))/files/"
        frame.trials = "/runs/\(PercentCoding.encode(name))/"
        return Content(
            page: report.page(in: frame), styles: SweepReport.styles + frame.styles,
            scripts: SweepReport.scripts + frame.earlyScripts + scripts)
    }
}
