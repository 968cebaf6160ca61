import Foundation
import Pages
import Reports
import Tracking

/// Why a request is not answered as asked.
struct SiteError: Error, Equatable {
    /// The status code.
    var status: Int
    /// What is wrong, a sentence.
    var message: String

    /// There is nothing of the kind.
    static func notFound(_ message: String) -> SiteError { SiteError(status: 404, message: message) }
    /// The request makes no sense.
    static func bad(_ message: String) -> SiteError { SiteError(status: 400, message: message) }

    init(status: Int, message: String) { (self.status, self.message) = (status, message) }

    /// What the server refuses by itself.
    init(refusal status: Int) {
        self.init(
            status: status,
            message: status == 413
                ? "forms may have 64 KiB" : "the studio has too much to do just now; try again in a moment")
    }

    /// An error of other parts, with the status that tells whose fault it is.
    init(_ error: any Error) {
        if let error = error as? SiteError {
            self = error
            return
        }
        message = "\(error)"
        status =
            switch error as? TrackingError {
            case .unknownRun: 404
            case .filter, .unknownKey, .ambiguousKey, .ambiguousRun, .comparison, .tag: 400
            case .stillRunning, .notInBin, .taken: 409
            case .folder, .missing, .damaged, .unwritable, nil: 500
            }
    }

    private static let titles = [
        400: "Bad request", 401: "Not without the token", 403: "Refused", 404: "Not found",
        405: "Not allowed",
        409: "Not now", 413: "Too long", 421: "Another name", 500: "It did not work", 503: "Too busy",
    ]

    /// The error as a page or, where a program asked, as JSON.
    func response(isForPrograms: Bool) -> HTTPResponse {
        guard !isForPrograms else {
            let body = (try? JSONText.line(["error": message])) ?? "{}"
            return HTTPResponse(
                status: status, type: "application/json", body: .data(.init((body + "\n").utf8))
            )
            .secured(.data, cacheControl: "no-store")
        }
        let page = Page(
            title: Self.titles[status] ?? "It did not work",
            lead: [
                .tag("p", ["class": "problem", "role": "alert"], .text(message)),
                .tag("p", [:], .tag("a", ["href": "/"], "All runs")),
            ], sections: [])
        var response = HTTPResponse(
            status: status, type: "text/html; charset=utf-8",
            body: .data(.init(page.text(in: SiteFrame.frame(nil)).utf8)))
        if status == 401 { response.set("WWW-Authenticate", "Bearer") }
        if status == 503 { response.set("Retry-After", "2") }
        return response.secured(
            .page(styles: Page.styles + [SiteStyle.sheet], scripts: Page.scripts + [SiteScript.theme]),
            cacheControl: "no-store")
    }
}
