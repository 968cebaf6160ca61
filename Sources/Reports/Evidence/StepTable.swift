import Evaluation
import Foundation
import Wording

/// `steps.csv`: a row a step of training, added as the training goes, so that a run that is killed has all rows up to its
/// last checkpoint.
public struct StepTable {
    private let file: URL
    /// Rows that are not in the file yet.
    private var rows: [String] = []
    /// What all steps took together, those of the file included.
    public private(set) var timings = StepTimings()

    /// The columns.
    static let header = [
        "stage", "epoch", "step", "learning_rate", "loss", "accuracy", "data_seconds", "forward_seconds",
        "backward_seconds", "update_seconds",
    ]
    /// The columns of earlier versions, to whom the update was part of the backward pass.
    static let earlierHeader = Array(header.dropLast())

    /// A table in a folder, anew or as it was before a step.
    /// - Parameters:
    ///   - epoch: the epoch that comes next; later rows are left out.
    ///   - step: how many steps of it are over.
    /// - Throws: ``ReportError``
    public init(in folder: URL, before epoch: Int = 1, after step: Int = 0) throws(ReportError) {
        file = folder.appending(path: "steps.csv")
        var kept: [[String]] = []
        if (epoch, step) > (1, 0), FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) {
            // A line that was cut off is after the last checkpoint.
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            let lines = text.split(separator: "\n").map(String.init)
            func columns(_ line: String) -> Int {
                line.split(separator: ",", omittingEmptySubsequences: false).count
            }
            let whole = lines.filter { columns($0) >= columns(lines[0]) }
            let reader = try CSVReader(whole.joined(separator: "\n") + "\n", file: "steps.csv")
            for record in reader.records where reader.header.count >= Self.earlierHeader.count {
                let fields = record.fields + (record.fields.count < Self.header.count ? ["0"] : [])
                guard let ofEpoch = Int(fields[1]), let ofStep = Int(fields[2]),
                    (ofEpoch, ofStep) <= (epoch, step)
                else { continue }
                kept.append(fields)
                timings =
                    timings
                    + StepTimings(
                        data: Double(fields[6]) ?? 0, forward: Double(fields[7]) ?? 0,
                        backward: Double(fields[8]) ?? 0, update: Double(fields[9]) ?? 0)
            }
        }
        try EvidenceWriter(folder: folder).write(
            CSVTable(header: Self.header, rows: kept), named: "steps.csv")
    }

    /// Adds a step, to be written with those that follow.
    public mutating func add(_ step: StepRecord) {
        timings = timings + step.timings
        let fields =
            [step.stage, "\(step.epoch)", "\(step.step)"]
            + [
                step.learningRate, step.loss, step.accuracy, step.timings.data, step.timings.forward,
                step.timings.backward, step.timings.update,
            ].map(CSVTable.field)
        rows.append(String(CSVTable(header: fields).text))
    }

    /// Writes the steps that are not in the file yet.
    /// - Throws: ``ReportError/unwritable(file:reason:)``
    public mutating func flush() throws(ReportError) {
        guard !rows.isEmpty else { return }
        do {
            let handle = try FileHandle(forWritingTo: file)
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(rows.joined().utf8))
            try handle.close()
        } catch {
            throw .unwritable(file: file.path(percentEncoded: false), reason: reason(of: error))
        }
        rows = []
    }
}
