import Evaluation
import Foundation

/// The steps of a run in the order in which they were taken: what `steps.csv` has.
public struct StepHistory: Sendable, Equatable {
    /// The steps, of all stages.
    public var steps: [StepRecord]

    /// Steps in a row that are of one stage, by their positions in ``steps``.
    var stages: [(name: String, steps: ClosedRange<Int>)] {
        var stages: [(name: String, steps: ClosedRange<Int>)] = []
        for (index, step) in steps.enumerated() {
            if let last = stages.last, last.name == step.stage {
                stages[stages.count - 1].steps = last.steps.lowerBound...index
            } else {
                stages.append((step.stage, index...index))
            }
        }
        return stages
    }

    /// A history.
    public init(steps: [StepRecord]) { self.steps = steps }

    /// Reads a run's `steps.csv`.
    /// - Throws: ``ReportError`` where the file cannot be read, has other columns, or a field is no number.
    public init(contentsOfCSV file: URL) throws(ReportError) {
        let path = file.path(percentEncoded: false)
        let reader = try CSVReader(contentsOf: file)
        guard [StepTable.header, StepTable.earlierHeader].contains(reader.header) else {
            throw .header(
                file: path, expected: StepTable.header.joined(separator: ", "),
                found: reader.header.joined(separator: ", "))
        }
        var steps: [StepRecord] = []
        for record in reader.records {
            var numbers: [Double] = []
            for (name, field) in zip(reader.header, record.fields).dropFirst() {
                guard let number = Double(field) else {
                    throw .field(
                        file: path, line: record.line, column: name, expected: "a number", found: field)
                }
                numbers.append(number)
            }
            guard let epoch = Int(record.fields[1]), let step = Int(record.fields[2]) else {
                throw .field(
                    file: path, line: record.line, column: "step", expected: "a whole number",
                    found: record.fields[2])
            }
            steps.append(
                StepRecord(
                    stage: record.fields[0], epoch: epoch, step: step, learningRate: numbers[2],
                    loss: numbers[3], accuracy: numbers[4],
                    timings: StepTimings(
                        data: numbers[5], forward: numbers[6], backward: numbers[7],
                        update: numbers.count > 8 ? numbers[8] : 0)))
        }
        self.init(steps: steps)
    }
}
