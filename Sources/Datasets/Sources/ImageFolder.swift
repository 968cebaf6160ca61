import Foundation

extension Dataset {
    /// Pictures in a folder for each class, or in folders for splits with a folder for each class in them:
    /// ```
    /// faces/happy/1.png                 faces/train/happy/1.png
    /// faces/sad/2.png                   faces/test/happy/2.png …
    /// ```
    /// The second is meant when every folder in the root has the name of a split, in upper or lower case:
    /// `train` or `training`; `validation`, `valid`, `val`, `dev` or `publictest`; `test`, `testing` or
    /// `privatetest`. All splits must have the same classes.
    ///
    /// Classes are in alphabetical order. A class's pictures are the files ending in `.jpg`, `.jpeg`,
    /// `.png`, `.tif` or `.tiff` in its folder and all folders below. Hidden files are passed over, other
    /// files listed in ``ignoredFiles``. Files are decoded when they are asked for; to skip broken ones,
    /// each is decoded once here.
    /// - Parameter classes: the classes that are wanted, where all are there: other folders are not looked at.
    ///   nil for all.
    /// - Throws: ``DatasetError`` where there are no classes, a class is empty, splits have different
    ///   classes, or the folders cannot be read.
    public static func imageFolder(
        _ path: String, name: String? = nil, classes: [String]? = nil,
        onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let listing = try FolderListing(root)
        var reader = ImageFolderReader(root: root, wanted: classes)
        if let splits = try splitFolders(listing, root: root) {
            reader.ignoredFiles += listing.files
            try reader.read(splits: splits)
        } else {
            try reader.readClasses(of: listing, below: nil, split: nil)
        }
        let dataset = Dataset(
            name: name ?? URL(filePath: root).standardizedFileURL.lastPathComponent,
            classNames: reader.classNames ?? [], samples: reader.samples, ignoredFiles: reader.ignoredFiles)
        return policy == .skip ? try dataset.verified(.skip) : dataset
    }

    /// The folders of the splits, or nil where the folders are classes.
    private static func splitFolders(
        _ listing: FolderListing, root: String
    ) throws(DatasetError) -> [(folder: String, split: Split)]? {
        let named = listing.folders.compactMap { folder in Split(commonName: folder).map { (folder, $0) } }
        let distinct = Set(named.map(\.1))
        if let other = listing.folders.first(where: { Split(commonName: $0) == nil }) {
            // A single one may be a class: trains among cars and ships.
            guard distinct.count > 1 else { return nil }
            throw .ambiguousFolders(
                folder: root,
                reason: "folders for splits (\(named.map(\.0).joined(separator: ", "))) lie beside others "
                    + "('\(other)'); keep either splits or classes there")
        }
        guard !named.isEmpty else { return nil }
        guard distinct.count == named.count else {
            throw .ambiguousFolders(
                folder: root,
                reason: "several folders mean the same split: \(named.map(\.0).joined(separator: ", "))")
        }
        return named.sorted { Split.allCases.firstIndex(of: $0.1)! < Split.allCases.firstIndex(of: $1.1)! }
    }
}

/// Gathers the samples of an image folder.
private struct ImageFolderReader {
    let root: String
    /// The classes that are wanted; nil for all.
    let wanted: [String]?
    var classNames: [String]?
    var samples: [Sample] = []
    var ignoredFiles: [String] = []
    private var firstSplit = ""

    init(root: String, wanted: [String]?) {
        self.root = root
        self.wanted = wanted
    }

    mutating func read(splits: [(folder: String, split: Split)]) throws(DatasetError) {
        for (folder, split) in splits {
            let listing = try FolderListing("\(root)/\(folder)")
            try readClasses(of: listing, below: folder, split: split)
        }
    }

    mutating func readClasses(
        of listing: FolderListing, below parent: String?, split: Split?
    ) throws(DatasetError) {
        let prefix = parent.map { $0 + "/" } ?? ""
        let path = parent.map { "\(root)/\($0)" } ?? root
        let folders = folders(of: listing)
        guard !folders.isEmpty else { throw .noClasses(folder: path) }
        try checkClasses(folders, path: path, parent: parent ?? "")
        ignoredFiles += listing.files.map { prefix + $0 }
        for (label, className) in folders.enumerated() {
            let search = try PictureSearch(root: root, folder: prefix + className)
            guard !search.pictures.isEmpty else { throw .emptyClass(className, source: path) }
            ignoredFiles += search.others
            samples += search.pictures.map {
                Sample(identifier: $0, label: label, split: split, source: .file("\(root)/\($0)"))
            }
        }
    }

    /// Those of the wanted classes, unless one is missing: who asks for it hears of those that are there.
    private func folders(of listing: FolderListing) -> [String] {
        guard let wanted, wanted.allSatisfy(listing.folders.contains) else { return listing.folders }
        return listing.folders.filter(wanted.contains)
    }

    private mutating func checkClasses(
        _ found: [String], path: String, parent: String
    ) throws(DatasetError) {
        guard let classNames else {
            (classNames, firstSplit) = (found, parent)
            return
        }
        let missing = classNames.filter { !found.contains($0) }
        guard missing.isEmpty else {
            throw .classesDiffer(folder: path, missing: missing, otherSplit: firstSplit)
        }
        let added = found.filter { !classNames.contains($0) }
        guard added.isEmpty else {
            throw .classesDiffer(folder: "\(root)/\(firstSplit)", missing: added, otherSplit: parent)
        }
    }
}
