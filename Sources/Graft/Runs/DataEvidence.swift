import Datasets
import Evaluation
import Experiments
import Foundation
import Reports

/// What a run, or a check, says of its pictures: how many of each class there are in each split, and which of
/// them are in two splits.
public struct DataEvidence {
    private let dataset: Dataset

    /// The evidence of a dataset whose samples have their splits.
    public init(_ dataset: Dataset) { self.dataset = dataset }

    /// How many pictures each split has of each class.
    public var balance: ClassBalance {
        ClassBalance(
            classNames: dataset.classNames,
            splits: dataset.splits.map { ($0.rawValue, dataset.counts(in: $0)) },
            totals: dataset.splits.map { dataset.indices(in: $0).count })
    }

    /// A row a pair of pictures that are the same or nearly so.
    public func table(_ duplicates: [DuplicatePair]) -> CSVTable {
        CSVTable(
            header: [
                "first", "first_split", "first_class", "second", "second_split", "second_class",
                "hash_distance", "correlation", "exact",
            ],
            rows: duplicates.map { pair in
                fields(of: pair.first) + fields(of: pair.second)
                    + ["\(pair.distance)", CSVTable.field(pair.correlation), "\(pair.isExact)"]
            })
    }

    private func fields(of index: Int) -> [String] {
        let sample = dataset.samples[index]
        return [sample.identifier, sample.split?.rawValue ?? "", dataset.classNames[sample.label]]
    }

    /// Writes `class_balance.csv`, `class_balance.svg` and, where duplicates were looked for,
    /// `duplicates.csv`.
    /// - Throws: ``ReportError`` where a file cannot be written.
    public func write(_ duplicates: [DuplicatePair]?, to folder: URL) throws(ReportError) {
        let writer = EvidenceWriter(folder: folder)
        try writer.write(balance)
        if let duplicates { try writer.write(table(duplicates), named: "duplicates.csv") }
    }
}
