import Foundation
import Reports
import Sweeps
import Tracking

/// The sweeps in a folder of runs.
struct SweepShelf: Sendable {
    private let index: LiveRunIndex

    init(_ index: LiveRunIndex) { self.index = index }

    /// A sweep with its trials at this moment.
    struct Opened {
        /// What is tried.
        var sweep: SweepConfiguration
        /// The trials.
        var trials: [Sweeps.Trial]
        /// Whether one of them is going on.
        var isRunning: Bool { trials.contains { $0.state == .running } }
        /// The table and the drawings.
        var report: SweepReport { SweepReport(sweep, trials) }
    }

    /// The names of the sweeps' folders, the latest first.
    var names: [String] {
        let path = index.runs.path(percentEncoded: false)
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        // Of thousands of folders, most are runs, which need not be looked into.
        return folders.filter { !$0.hasPrefix(".") && index.run(named: $0) == nil && stamp($0) != nil }
            .sorted { Fact.isBefore(.text($1), .text($0)) }
    }

    /// Changes whenever the sweep does; nil where a folder is not that of a sweep.
    func stamp(_ name: String) -> String? {
        let folder = index.runs.appending(path: name).path(percentEncoded: false)
        func time(_ file: String) -> String? {
            var status = stat()
            guard stat("\(folder)/\(file)", &status) == 0 else { return nil }
            return "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec).\(status.st_size)"
        }
        guard let configuration = time("sweep.yaml") else { return nil }
        if let state = time("sweep.sqlite") {
            return "\(configuration) \(state) \(time("sweep.sqlite-wal") ?? "")"
        }
        // A server does not say when something changed.
        return time("sweep.postgresql").map {
            "\(configuration) \($0) \(Int(Date().timeIntervalSince1970) / 3)"
        }
    }

    /// Opens a sweep.
    /// - Throws: `SweepError`, `ConfigurationError`
    func open(_ name: String) throws -> Opened {
        let folder = try SweepFolder.open(index.runs.appending(path: name).path(percentEncoded: false))
        return Opened(sweep: try folder.sweep(), trials: try folder.store().trials())
    }
}
