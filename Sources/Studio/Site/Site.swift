import Foundation
import Pages
import Reports
import Tracking

/// Answers every request of a studio.
final class Site: Sendable {
    let index: LiveRunIndex
    let sweeps: SweepShelf
    let hub: EventHub
    let rules: AccessRules
    /// Nil where nothing may be changed.
    let rights: EditRights?
    let pictures: Studio.Pictures?
    let tables = ContentCache(limit: 48 << 20)
    let pages = ContentCache(limit: 160 << 20)

    init(
        _ index: LiveRunIndex, rules: AccessRules, rights: EditRights?, hub: EventHub,
        pictures: Studio.Pictures?
    ) {
        (self.index, self.rules, self.rights, self.hub) = (index, rules, rights, hub)
        self.pictures = pictures
        sweeps = SweepShelf(index)
    }

    var forms: EditForms? { rights.map { EditForms($0) } }

    /// Answers a request.
    func answer(_ request: HTTPRequest) -> HTTPResponse {
        let isForPrograms = request.segments.map(Route.isForPrograms) ?? false
        switch rules.verdict(request) {
        case .allowed: break
        case .refused(let status, let message):
            var response = SiteError(status: status, message: message).response(isForPrograms: isForPrograms)
            if status == 405 { response.set("Allow", rights == nil ? "GET, HEAD" : "GET, HEAD, POST") }
            return response
        case .welcome(let path):
            var response = HTTPResponse.redirect(to: path).secured(.data, cacheControl: "no-store")
            response.set("Set-Cookie", rules.cookie)
            return response
        }
        do { return try route(request) } catch {
            return SiteError(error).response(isForPrograms: isForPrograms)
        }
    }

    private func route(_ request: HTTPRequest) throws -> HTTPResponse {
        guard let segments = request.segments, let query = request.query else {
            throw SiteError.bad("the address is not written as addresses are")
        }
        let route = Route(segments, method: request.method) { index.run(named: $0) != nil }
        guard let route else {
            throw SiteError.notFound("there is nothing at /\(segments.joined(separator: "/"))")
        }
        switch route {
        case .runs: return try runsPage(request, query)
        case .run(let name): return try runPage(request, name)
        case .files(let name): return try filesPage(request, name)
        case .file(let name, let path): return try file(request, name, path)
        case .edit(let name, let edit): return try change(request, name, edit)
        case .undo: return try bringBack(request)
        case .compare: return try comparison(request, query)
        case .sweeps: return try sweepsPage(request)
        case .sweep(let name): return try sweepPage(request, name)
        case .sweepFile(let name, let file): return try sweepFile(request, name, file)
        case .runsData: return try runsData(request, query)
        case .runData(let name): return try runData(request, name)
        case .events(let name): return try events(request, name)
        case .sweepsData: return try sweepsData(request)
        case .sweepData(let name): return try sweepData(request, name)
        }
    }

    /// The run of a name, with its folder.
    /// - Throws: ``SiteError``
    func run(_ name: String) throws -> (entry: RunIndex.Entry, folder: URL) {
        guard var entry = index.run(named: name) else {
            throw SiteError.notFound("there is no run '\(name)'")
        }
        let folder = index.runs.appending(path: name, directoryHint: .isDirectory)
        // The book may be a second behind.
        if entry.state != .finished { entry.state = RunState.now(in: folder) }
        return (entry, folder)
    }

    /// An answer for programs.
    func data(_ value: some Encodable, to request: HTTPRequest) throws -> HTTPResponse {
        Content(Data((try JSONText.line(value) + "\n").utf8), type: "application/json", policy: .data)
            .response(to: request)
    }
}
