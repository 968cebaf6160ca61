import Foundation
import Tracking

extension Site {
    private struct Runs: Encodable {
        var matched: Int
        var offset: Int
        var columns: [String]
        var runs: [[String: Fact]]
    }

    /// The table of runs, for programs.
    func runsData(_ request: HTTPRequest, _ query: [(name: String, value: String)]) throws -> HTTPResponse {
        let asked = try RunsQuery(query.filter { $0.name != "token" })
        return try tables.content("data " + asked.key, stamp: "\(index.version)") {
            let query = try asked.query()
            let answer = try index.answer(query)
            let runs = Runs(
                matched: answer.matched, offset: query.offset, columns: answer.columns, runs: answer.json)
            return Content(
                Data((try JSONText.line(runs) + "\n").utf8), type: "application/json", policy: .data)
        }.response(to: request)
    }

    /// All that is known of a run, for programs.
    func runData(_ request: HTTPRequest, _ name: String) throws -> HTTPResponse {
        let (entry, folder) = try run(name)
        return try data(RunDescription(entry, RunRecord(folder)), to: request)
    }

    /// What happens in a run, as it happens.
    func events(_ request: HTTPRequest, _ name: String) throws -> HTTPResponse {
        let (_, folder) = try run(name)
        let last = request.header("last-event-id").flatMap { RunFollower.Position($0) }
        let headers = [(name: "X-Accel-Buffering", value: "no")]
        let type = "text/event-stream"
        guard request.method != "HEAD" else {
            return HTTPResponse(type: type, headers: headers, body: .data(Data())).secured(
                .data, cacheControl: "no-store")
        }
        guard let stream = hub.follow(RunFollower(folder, from: last ?? .init())) else {
            throw SiteError(status: 503, message: "too many pages follow runs already; close some")
        }
        return HTTPResponse(type: type, headers: headers, body: .events(stream)).secured(
            .data, cacheControl: "no-store")
    }
}
