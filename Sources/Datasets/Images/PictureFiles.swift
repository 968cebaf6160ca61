extension Image {
    /// The picture files in a folder and in all folders below it, by the endings of their names: files first,
    /// then folders, each in the alphabet's order.
    ///
    /// - Returns: paths that begin with the folder's as it was given.
    /// - Throws: ``DatasetError/unreadable(path:reason:)``
    public static func files(inFolder path: String) throws(DatasetError) -> [String] {
        let search = try PictureSearch(root: path, folder: ".")
        return search.pictures.map { path + (path.hasSuffix("/") ? "" : "/") + $0.dropFirst("./".count) }
    }
}
