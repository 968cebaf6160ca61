import Datasets

/// FER+'s labels in place of FER-2013's.
public struct FERPlusConfiguration: Sendable, Equatable {
    /// The table of the votes, Microsoft's `fer2013new.csv`.
    public var path: String
    /// What becomes of the votes.
    public var labels: Dataset.FERPlusLabels

    /// The labels of a table.
    public init(path: String, labels: Dataset.FERPlusLabels = .majority) {
        self.path = path
        self.labels = labels
    }
}
