/// The columns of a table of pictures with several labels each, where they have other names than the usual ones.
public struct MultiLabelColumns: Sendable, Equatable {
    /// The picture's file, relative to the table's folder; nil for `file`, `filename`, `image` or `path`.
    public var image: String?
    /// The labels of a picture, one behind the other; nil where that is `labels`, or each class has a column.
    public var labels: String?
    /// The split; nil where the table has the column `split` or `usage`, or none.
    public var split: String?
    /// The group that splits keep whole; nil where a table with a column of labels has the column `subject`, or
    /// none.
    public var group: String?

    /// Columns with the usual names, but for those that are given.
    public init(
        image: String? = nil, labels: String? = nil, split: String? = nil, group: String? = nil
    ) {
        self.image = image
        self.labels = labels
        self.split = split
        self.group = group
    }
}
