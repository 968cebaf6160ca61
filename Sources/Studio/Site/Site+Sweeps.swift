import Foundation
import Reports
import Sweeps
import Tracking

extension Site {
    /// The list of sweeps.
    func sweepsPage(_ request: HTTPRequest) throws -> HTTPResponse {
        let names = sweeps.names
        let stamp = names.map { "\($0) \(sweeps.stamp($0) ?? "")" }.joined(separator: "\n")
        return pages.content("sweeps", stamp: stamp) {
            SiteFrame.content(
                SweepsPage(sweeps: names.map { name in (name, Result { try sweeps.open(name) }) }).page,
                .sweeps)
        }.response(to: request)
    }

    /// The page of a sweep.
    func sweepPage(_ request: HTTPRequest, _ name: String) throws -> HTTPResponse {
        try pages.content("sweep " + name, stamp: stamp(name)) {
            let opened = try sweeps.open(name)
            return SiteFrame.content(opened.report, name: name)
        }.response(to: request)
    }

    /// A drawing or a table of a sweep.
    func sweepFile(_ request: HTTPRequest, _ name: String, _ file: String) throws -> HTTPResponse {
        try pages.content("sweep \(name)/\(file)", stamp: stamp(name)) {
            guard let type = RunFiles.type(of: file), let text = try sweeps.open(name).report.file(file)
            else {
                throw SiteError.notFound("the sweep \(name) has no file \(file)")
            }
            return Content(Data(text.utf8), type: type, policy: .sandbox)
        }.response(to: request)
    }

    /// The names of the sweeps, for programs.
    func sweepsData(_ request: HTTPRequest) throws -> HTTPResponse {
        try data(["sweeps": sweeps.names], to: request)
    }

    private struct Trials: Encodable {
        var name: String
        var isRunning: Bool
        var trials: [[String: String]]
    }

    /// The trials of a sweep, for programs.
    func sweepData(_ request: HTTPRequest, _ name: String) throws -> HTTPResponse {
        try pages.content("data \(name)", stamp: stamp(name)) {
            let opened = try sweeps.open(name)
            let table = SweepHistory(opened.sweep, opened.trials).table
            let trials = Trials(
                name: name, isRunning: opened.isRunning,
                trials: table.rows.map { row in
                    Dictionary(zip(table.header, row)) { first, _ in first }.filter { !$0.value.isEmpty }
                })
            return Content(
                Data((try JSONText.line(trials) + "\n").utf8), type: "application/json", policy: .data)
        }.response(to: request)
    }

    private func stamp(_ name: String) throws(SiteError) -> String {
        guard !name.hasPrefix("."), let stamp = sweeps.stamp(name) else {
            throw .notFound("there is no sweep '\(name)'")
        }
        return stamp
    }
}
