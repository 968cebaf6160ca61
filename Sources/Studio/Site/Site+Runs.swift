import Foundation
import Pages
import Tracking

extension Site {
    /// The table of runs.
    func runsPage(_ request: HTTPRequest, _ query: [(name: String, value: String)]) throws -> HTTPResponse {
        let asked = try RunsQuery(query.filter { $0.name != "token" })
        let removed = rights == nil ? nil : RunBin(index.runs).list.last?.name
        let stamp = "\(index.version) \(removed ?? "")"
        do {
            return try tables.content("runs " + asked.key, stamp: stamp) {
                let answer = try index.answer(asked.query())
                return SiteFrame.content(RunsPage(asked, answer, about(removed)).page, .runs)
            }.response(to: request)
        } catch let problem as TrackingError where SiteError(problem).status == 400 {
            let page = RunsPage(asked, nil, problem: problem, about(removed)).page
            var response = SiteFrame.content(page, .runs).response(to: request)
            if response.status == 200 { response.status = 400 }
            return response
        }
    }

    private func about(_ removed: String?) -> RunsPage.Site {
        RunsPage.Site(
            folder: index.runs.relativePath, count: index.count, keys: index.keys, forms: forms,
            removed: removed)
    }

    /// The page of a run.
    func runPage(_ request: HTTPRequest, _ name: String) throws -> HTTPResponse {
        let (entry, folder) = try run(name)
        let listing = FolderListing(folder)
        try check(listing, name)
        return try pages.content("run " + name, stamp: "\(entry.state) \(listing.stamp)") {
            try RunView(entry, folder, forms: forms).content(pictures: pictures)
        }.response(to: request)
    }

    /// A run whose files lead elsewhere, which somebody may have put there to be shown, is not shown.
    private func check(_ listing: FolderListing, _ name: String) throws(SiteError) {
        guard let escape = listing.escape else { return }
        throw SiteError(
            status: 403,
            message: "\(name)/\(escape) is a link that leads out of the run's folder; the run is not shown")
    }

    /// The list of a run's files.
    func filesPage(_ request: HTTPRequest, _ name: String) throws -> HTTPResponse {
        let listing = FolderListing(try run(name).folder)
        return SiteFrame.content(FilesPage(name: name, listing: listing).page, .runs).response(to: request)
    }

    /// A file of a run.
    func file(_ request: HTTPRequest, _ name: String, _ path: [String]) throws -> HTTPResponse {
        let (_, folder) = try run(name)
        let shown = path.joined(separator: "/")
        guard let type = RunFiles.type(of: shown), let (file, tag) = RunFiles.open(path, in: folder) else {
            throw SiteError.notFound("the run \(name) has no file \(shown) to show")
        }
        let headers = [(name: "ETag", value: tag)]
        guard !request.has(tag) else {
            return HTTPResponse(status: 304, type: type, headers: headers, body: .data(Data())).secured(
                .sandbox)
        }
        return HTTPResponse(type: type, headers: headers, body: .file(file)).secured(.sandbox)
    }

    /// Several runs side by side.
    func comparison(_ request: HTTPRequest, _ query: [(name: String, value: String)]) throws -> HTTPResponse {
        let names = query.filter { $0.name == "run" }.map(\.value)
        guard (2...8).contains(names.count), Set(names).count == names.count else {
            throw SiteError.bad("choose two to eight different runs to compare; \(names.count) were chosen")
        }
        let runs = try names.map { try run($0) }
        let listings = runs.map { FolderListing($0.folder) }
        for (listing, name) in zip(listings, names) { try check(listing, name) }
        let stamp = listings.map(\.stamp).joined(separator: "\n\n")
        return try pages.content("compare " + names.joined(separator: "\n"), stamp: stamp) {
            let compared = try runs.map { try ComparedRun(name: $0.entry.name, folder: $0.folder) }
            return SiteFrame.content(ComparisonPage(try RunComparison(compared)).page, .runs)
        }.response(to: request)
    }
}
