import Foundation
import Pages
import Reports
import Sweeps
import Tracking
import Wording

/// The list of sweeps.
struct SweepsPage {
    /// A sweep's name, with what it has come to as far as that can be read.
    let sweeps: [(name: String, opened: Result<SweepShelf.Opened, any Error>)]

    /// The page.
    var page: Page {
        guard !sweeps.isEmpty else {
            return Page(
                title: "Sweeps",
                lead: .tag("p", [:], "There are no sweeps yet: begin one with 'graft sweep'."),
                sections: [])
        }
        return Page(
            title: "Sweeps",
            lead: .table(
                counted(sweeps.count, "sweep"),
                header: ["sweep", "state", "trials", "finished", "metric", "best"],
                rows: sweeps.map(row), isNumeric: { [2, 3, 5].contains($0) }), sections: [])
    }

    private func row(_ name: String, _ opened: Result<SweepShelf.Opened, any Error>) -> [HTML] {
        let link: HTML = .tag("a", ["href": "/sweeps/" + PercentCoding.encode(name)], .text(name))
        switch opened {
        case .failure(let error):
            return [link, .tag("span", ["class": "state-failed"], .text("\(error)")), "", "", "", ""]
        case .success(let sweep):
            let state = sweep.isRunning ? "running" : "not running"
            let metric = sweep.sweep.metrics.first
            let best = SweepProgress(sweep.sweep, sweep.trials).best
            let value = metric.flatMap { metric in best?.value(of: metric) }
            return [
                link,
                .tag("span", ["class": sweep.isRunning ? "state-running" : "state-stopped"], .text(state)),
                .text("\(sweep.trials.count)"), .text("\(sweep.trials.count { $0.state == .finished })"),
                .text(metric?.name ?? ""), .text(value.map { String(format: "%.4g", $0) } ?? ""),
            ]
        }
    }
}

/// The list of a run's files.
struct FilesPage {
    /// The run.
    let name: String
    /// Its folder, looked through.
    let listing: FolderListing

    /// The page.
    var page: Page {
        let path = PercentCoding.encode(path: name)
        let rows = listing.items.map { item -> [HTML] in
            let isShown = RunFiles.type(of: item.name) != nil && !item.isLink
            return [
                isShown
                    ? .tag(
                        "a", ["href": "/runs/\(path)/files/\(PercentCoding.encode(item.name))"],
                        .text(item.name))
                    : .text(item.name), .text(byteText(item.size)),
            ]
        }
        return Page(
            title: "Files of \(name)",
            lead: [
                .tag("p", [:], .tag("a", ["href": "/runs/\(path)"], .text(name))),
                .table(counted(rows.count, "file"), header: ["file", "size"], rows: rows),
            ], sections: [])
    }
}
