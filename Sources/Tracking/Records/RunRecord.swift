import Evaluation
import Experiments
import Foundation
import Reports

/// All that a run's folder says of it, as facts by name.
///
/// Settings have the names that `--set` takes (`model.architecture`), results those of a sweep's metrics
/// (`val_accuracy`, `test_accuracy`), and what the run says of itself is `state`, `began`, `ended`, `error`, `command`,
/// `kept_epoch`. Everything else in `run.json` is found below `run`.
public struct RunRecord: Sendable, Equatable {
    /// How the run is, where no program is at it.
    public var state: RunState
    /// The facts.
    public var facts: [String: Fact]
    /// The tags.
    public var tags: [String]
    /// The note.
    public var note: String

    /// Reads a run's folder. A file that does not make sense is left out, and said in the fact `damaged`: a book of
    /// thousands of runs must open although one of them is broken.
    public init(_ folder: URL) {
        var facts: [String: Fact] = [:]
        var damage: [String] = []
        func attempt(_ file: String, _ body: () throws -> [String: Fact]) {
            do { facts.merge(try body()) { first, _ in first } } catch { damage.append("\(file): \(error)") }
        }
        attempt("config.yaml") { try Self.settings(folder) }
        attempt("run.json") { try Self.summary(folder) }
        let log = RunHistory(folder)
        attempt("metrics.csv") { try Self.metrics(folder, keptEpoch: log.keptEpoch) }
        facts.merge(log.facts) { first, _ in first }
        let notes = try? RunNotes.read(folder)
        if notes == nil { damage.append(RunNotes.fileName) }
        if !damage.isEmpty { facts["damaged"] = .text(damage.joined(separator: "; ")) }
        let isFinished = FileManager.default.fileExists(
            atPath: folder.appending(path: "run.json").path(percentEncoded: false))
        state = isFinished ? .finished : log.error == nil ? .stopped : .failed
        (tags, note) = (notes?.tags ?? [], notes?.note ?? "")
        self.facts = facts
    }

    /// The settings of a run, every default written out; none where there is no configuration.
    /// - Throws: `ConfigurationError`
    public static func settings(_ folder: URL) throws -> [String: Fact] {
        guard let data = try? Data(contentsOf: folder.appending(path: "config.yaml")) else { return [:] }
        return try YAMLComposer.compose(Array(data)) { line, column in
            .file("config.yaml", line: line, column: column)
        }.facts()
    }

    /// The names of a sweep's metrics for the results of `run.json`.
    private static let resultNames = [
        "accuracy": "test_accuracy", "balanced_accuracy": "test_balanced_accuracy",
        "f1_macro": "test_f1_macro",
        "roc_auc_macro_ovr": "test_roc_auc_macro_ovr", "log_loss": "test_log_loss", "seconds": "seconds",
        "epochs": "epochs",
    ]

    private static func summary(_ folder: URL) throws -> [String: Fact] {
        guard let data = try? Data(contentsOf: folder.appending(path: "run.json")) else { return [:] }
        let value = try JSONDecoder().decode(RecordedValue.self, from: data)
        var facts: [String: Fact] = [:]
        for (path, fact) in value.facts() {
            let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
            switch parts[0] {
            // A number in place of a section has no name that it could be found by.
            case "fine_tuned" where parts.count < 2, "from_scratch" where parts.count < 2: break
            // Of the validation pictures, and no result of the test.
            case "fine_tuned" where parts[1].hasPrefix("temperature_scaling"): facts[parts[1]] = fact
            case "fine_tuned": facts[resultNames[parts[1]] ?? "test_\(parts[1])"] = fact
            case "from_scratch": facts["from_scratch.\(resultNames[parts[1]] ?? "test_\(parts[1])")"] = fact
            case "began", "ended", "parameter_count", "graft_version": facts[parts[0]] = fact
            // The configuration has these.
            case "experiment", "seed": break
            default: facts["run.\(path)"] = fact
            }
        }
        return facts
    }

    /// The row of the epoch whose weights were kept, the last where that is not known.
    private static func metrics(_ folder: URL, keptEpoch: Int?) throws -> [String: Fact] {
        let file = folder.appending(path: "metrics.csv")
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return [:] }
        let table = try CSVReader(contentsOf: file).table
        let epochs = table.header.firstIndex(of: "epoch")
        let kept = keptEpoch.flatMap { kept in
            table.rows.last { row in epochs.map { row[$0] == "\(kept)" } ?? false }
        }
        guard let row = kept ?? table.rows.last else { return [:] }
        var facts: [String: Fact] = [:]
        for (name, field) in zip(table.header, row) where name != "seconds" {
            if let number = Double(field) { facts[name] = .number(number) }
        }
        facts["epoch"] = .number(Double(table.rows.count))
        return facts
    }
}
