import Foundation

extension Dataset {
    /// Pictures that may be of several classes each, or of none, listed in a table of either form:
    /// ```
    /// file,labels,split                   file,beach,dog,sea
    /// a.jpg,beach;sea,train               a.jpg,1,0,1
    /// b.jpg,,test                         b.jpg,0,0,0
    /// ```
    /// The column of the files is called `file`, `filename`, `image` or `path`; paths are relative to the
    /// table's folder. `split` (or `usage`) need not be there; its values are the names of splits that folders
    /// may have. With a column `labels`, classes are in alphabetical order, else in that of the columns, whose
    /// values are 0 or 1.
    /// - Parameters:
    ///   - columns: the columns that have other names. Where that of the labels is named, columns beside are let
    ///     alone.
    ///   - separator: what is between the labels of one picture.
    /// - Throws: ``DatasetError/row(file:line:reason:)`` for a bad row or a missing picture, unless it is to be
    ///   skipped; another ``DatasetError`` where the table cannot be read at all.
    public static func multiLabelCSV(
        _ path: String, columns: MultiLabelColumns = MultiLabelColumns(), name: String? = nil,
        separator: String = ";",
        onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        let url = URL(filePath: path)
        var table = MultiLabelTable(file: path, columns: columns, separator: separator, policy: policy)
        try table.read(try mappedTable(path).span)
        guard table.classNames.count > 1 else {
            throw .format(
                file: path, expected: "two classes or more",
                found: table.classNames.isEmpty ? "none" : "'\(table.classNames[0])' alone")
        }
        let dataset = try Dataset(
            name: name ?? url.deletingPathExtension().lastPathComponent, classNames: table.classNames,
            samples: table.samples(in: url.deletingLastPathComponent().relativePath), skipped: table.skipped,
            labelling: .multiple
        ).checked(source: path)
        return policy == .skip ? try dataset.verified(.skip) : dataset
    }
}
