import Foundation
import Reports
import Wording

/// MLflow's file store: a folder that `mlflow ui --backend-store-uri` opens.
///
/// `<experiment>/meta.yaml`, and below it a folder a run with `meta.yaml`, `params`, `metrics` (a line a point: time,
/// value, step), `tags` and `artifacts`. Experiments and runs have numbers that follow from their names, so that a run
/// that is exported again replaces what it was.
public struct MLflowStore {
    private let folder: URL
    private var files: FileManager { .default }

    /// A store in a folder, which need not be there.
    public init(_ folder: URL) { self.folder = folder }

    /// Writes a run, with every file of its folder but checkpoints as an artifact.
    /// - Parameters:
    ///   - name: what the run is called.
    ///   - run: its folder.
    /// - Throws: `ReportError` where the run's tables do not make sense, ``TrackingError/unwritable(file:reason:)``
    public func add(_ name: String, _ run: URL) throws {
        let record = RunRecord(run)
        let settings = try RunRecord.settings(run)
        let experiment = settings["name"]?.description ?? "graft"
        let home = try home(ofExperiment: experiment)
        let identifier = Self.identifier(name + (record.facts["began"]?.description ?? ""))
        let unfinished = home.appending(path: ".\(identifier).tmp")
        let target = home.appending(path: identifier)
        do {
            try? files.removeItem(at: unfinished)
            try writeRun(name, run, record, settings, home, identifier, to: unfinished)
            try? files.removeItem(at: target)
            try files.moveItem(at: unfinished, to: target)
        } catch let error as ReportError {
            throw error
        } catch {
            throw TrackingError.unwritable(
                file: target.path(percentEncoded: false), reason: reason(of: error))
        }
    }

    private func home(ofExperiment name: String) throws(TrackingError) -> URL {
        let identifier = String(
            Self.hash(name, 14_695_981_039_346_656_037) % 900_000_000_000_000_000 + 100_000_000_000_000_000)
        let home = folder.appending(path: identifier)
        do {
            try files.createDirectory(at: home, withIntermediateDirectories: true)
            try write(
                [
                    ("artifact_location", home.standardizedFileURL.absoluteString),
                    ("experiment_id", "'\(identifier)'"),
                    ("lifecycle_stage", "active"), ("name", Self.quoted(name)),
                ], to: home)
        } catch {
            throw .unwritable(
                file: home.path(percentEncoded: false), reason: reason(of: error))
        }
        return home
    }

    private func writeRun(
        _ name: String, _ run: URL, _ record: RunRecord, _ settings: [String: Fact], _ home: URL,
        _ identifier: String, to target: URL
    ) throws {
        let (began, ended) = (
            Self.milliseconds(record.facts["began"]), Self.milliseconds(record.facts["ended"])
        )
        try files.createDirectory(at: target, withIntermediateDirectories: true)
        let status = [RunState.finished: 3, .failed: 4, .stopped: 5, .running: 1][record.state] ?? 1
        let final = home.appending(path: identifier).standardizedFileURL.absoluteString
        try write(
            [
                ("artifact_uri", final + "/artifacts"), ("end_time", ended.map { "\($0)" } ?? "null"),
                ("entry_point_name", "''"), ("experiment_id", "'\(home.lastPathComponent)'"),
                ("lifecycle_stage", "active"), ("run_id", identifier), ("run_name", Self.quoted(name)),
                ("source_name", "graft"), ("source_type", "4"), ("source_version", "''"),
                ("start_time", began.map { "\($0)" } ?? "null"), ("status", "\(status)"), ("tags", "[]"),
                ("user_id", "''"),
            ], to: target)
        for (key, fact) in settings { try write(fact.description, target, "params", key) }
        try writeMetrics(run, record, settings, time: began ?? 0, to: target)
        var tags = [
            ("mlflow.runName", name), ("mlflow.source.name", "graft"), ("mlflow.source.type", "LOCAL"),
        ]
        if !record.note.isEmpty { tags.append(("mlflow.note.content", record.note)) }
        for (key, value) in tags + record.tags.map({ ($0, "true") }) { try write(value, target, "tags", key) }
        try copyArtifacts(run, to: target.appending(path: "artifacts"))
    }

    private func writeMetrics(
        _ run: URL, _ record: RunRecord, _ settings: [String: Fact], time: Int, to target: URL
    ) throws {
        var points: [String: [String]] = [:]
        let table = run.appending(path: "metrics.csv")
        if files.fileExists(atPath: table.path(percentEncoded: false)) {
            let reader = try CSVReader(contentsOf: table)
            let epoch = reader.header.firstIndex(of: "epoch")
            for row in reader.records {
                for (key, field) in zip(reader.header, row.fields)
                where key != "epoch" && Double(field) != nil {
                    points[key, default: []].append("\(time) \(field) \(epoch.map { row.fields[$0] } ?? "0")")
                }
            }
        }
        for (key, fact) in record.facts where settings[key] == nil && points[key] == nil {
            if let number = fact.number, !key.hasPrefix("run.") { points[key] = ["\(time) \(number) 0"] }
        }
        for (key, lines) in points { try write(lines.joined(separator: "\n") + "\n", target, "metrics", key) }
    }

    private func copyArtifacts(_ run: URL, to target: URL) throws {
        try files.createDirectory(at: target, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: run.path(percentEncoded: false))
        where !name.hasPrefix(".") && !name.hasPrefix("checkpoint") {
            try files.copyItem(at: run.appending(path: name), to: target.appending(path: name))
        }
    }

    private func write(_ entries: [(key: String, value: String)], to folder: URL) throws {
        let text = entries.map { "\($0.key): \($0.value)\n" }.joined()
        try Data(text.utf8).write(to: folder.appending(path: "meta.yaml"), options: .atomic)
    }

    private func write(_ text: String, _ target: URL, _ kind: String, _ key: String) throws {
        let folder = target.appending(path: kind)
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appending(path: Self.allowed(key)))
    }

    /// MLflow's names have letters, digits, underscores, dashes, periods and spaces; a slash would be a folder.
    private static func allowed(_ key: String) -> String {
        String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber || "_-. ".contains($0)) ? $0 : "_" })
    }

    private static func milliseconds(_ fact: Fact?) -> Int? {
        guard case .text(let text)? = fact, let date = try? Date(text, strategy: .iso8601) else { return nil }
        return Int(date.timeIntervalSince1970 * 1000)
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    /// 32 hexadecimal digits.
    private static func identifier(_ text: String) -> String {
        ([14_695_981_039_346_656_037, 1_099_511_628_211] as [UInt64]).map { basis in
            let digits = String(hash(text, basis), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Fowler, Noll and Vo's FNV-1a.
    private static func hash(_ text: String, _ basis: UInt64) -> UInt64 {
        text.utf8.reduce(basis) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
