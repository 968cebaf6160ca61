import Evaluation
import Foundation

extension LearningHistory {
    /// Reads the epochs of a run's `metrics.csv`; columns that are not known are passed over.
    /// - Throws: ``ReportError`` where the file cannot be read, a column that every run has is not there, or a field
    ///   is no number.
    public init(contentsOfCSV file: URL) throws(ReportError) {
        let path = file.path(percentEncoded: false)
        let reader = try CSVReader(contentsOf: file)
        let required = [
            "stage", "epoch", "learning_rate", "loss", "accuracy", "seconds", "images_per_second",
        ]
        guard required.allSatisfy(reader.header.contains) else {
            throw .header(
                file: path, expected: "the columns " + required.joined(separator: ", "),
                found: reader.header.joined(separator: ", "))
        }
        var epochs: [EpochRecord] = []
        for record in reader.records {
            epochs.append(try EpochRow(record, reader.header, file: path).epoch)
        }
        self.init(epochs: epochs)
    }
}

/// A row of `metrics.csv`.
private struct EpochRow {
    let epoch: EpochRecord

    init(_ record: CSVReader.Record, _ header: [String], file: String) throws(ReportError) {
        let fields = Dictionary(zip(header, record.fields)) { first, _ in first }
        func optional(_ name: String) throws(ReportError) -> Double? {
            guard let field = fields[name], !field.isEmpty else { return nil }
            guard let number = Double(field) else {
                throw .field(file: file, line: record.line, column: name, expected: "a number", found: field)
            }
            return number
        }
        func number(_ name: String) throws(ReportError) -> Double { try optional(name) ?? .nan }
        guard let position = fields["epoch"].flatMap({ Int($0) }) else {
            throw .field(
                file: file, line: record.line, column: "epoch", expected: "a whole number",
                found: fields["epoch"] ?? "")
        }
        var epoch = EpochRecord(
            stage: fields["stage"] ?? "", epoch: position, learningRate: try number("learning_rate"),
            loss: try number("loss"), accuracy: try number("accuracy"),
            validationLoss: try optional("val_loss"), validationAccuracy: try optional("val_accuracy"),
            seconds: try number("seconds"), imagesPerSecond: try number("images_per_second"))
        epoch.validationBalancedAccuracy = try optional("val_balanced_accuracy")
        epoch.validationF1Macro = try optional("val_f1_macro")
        epoch.validationAUC = try optional("val_auc")
        self.epoch = epoch
    }
}
