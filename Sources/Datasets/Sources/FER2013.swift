import Foundation

extension Dataset {
    /// FER-2013's classes, in the order of its numbers for emotions.
    public static let fer2013ClassNames = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]

    /// Faces of 48 × 48 grey pixels in a table, as the challenge of 2013 published them: `fer2013.csv`, or
    /// `icml_face_data.csv`, whose columns have another order.
    ///
    /// A row has an `emotion` from 0 to 6, 2,304 `pixels` separated by spaces, and a `Usage`: `Training`,
    /// `PublicTest` (validation here) or `PrivateTest` (test). A table without the last column has no
    /// splits. All seven classes are there even where a table has rows of some of them only. All rows are read at once, into one array of 83 MB for the 35,887 faces.
    ///
    /// Goodfellow et al., "Challenges in representation learning", ICONIP 2013.
    /// - Throws: ``DatasetError/row(file:line:reason:)`` for a bad row unless it is to be skipped, or another
    ///   ``DatasetError`` where the table cannot be read at all.
    public static func fer2013(
        _ path: String, name: String? = nil, onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        let url = URL(filePath: path)
        let data = try mappedFile(path)
        var table = FERTable(file: path, identifier: url.lastPathComponent, policy: policy)
        try table.read(data.span)
        return try Dataset(
            name: name ?? url.deletingPathExtension().lastPathComponent, classNames: fer2013ClassNames,
            samples: table.samples, skipped: table.skipped
        ).checked(source: path)
    }
}
