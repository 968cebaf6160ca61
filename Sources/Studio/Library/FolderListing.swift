import Foundation

/// The files just below a folder at a moment.
struct FolderListing {
    /// A file, as its folder's list has it.
    struct Item {
        /// Its name.
        var name: String
        /// Bytes.
        var size: Int
        /// Whether it is a link to something else.
        var isLink: Bool
        fileprivate var time: String
    }

    /// The files whose names do not begin with a dot, by name.
    let items: [Item]
    private let folder: URL

    /// Looks into a folder; what cannot be read has no files.
    init(_ folder: URL) {
        self.folder = folder
        let path = folder.path(percentEncoded: false)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        items = names.filter { !$0.hasPrefix(".") }.sorted().compactMap { name in
            var status = stat()
            guard lstat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
                return nil
            }
            return Item(
                name: name, size: Int(status.st_size), isLink: status.st_mode & S_IFMT == S_IFLNK,
                time: "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)")
        }
    }

    /// Changes whenever one of the files is made, replaced, added to or removed.
    var stamp: String { items.map { "\($0.name) \($0.time) \($0.size)" }.joined(separator: "\n") }

    /// A link, among the files that pages read, that leads out of the folder; nil where there is none.
    var escape: String? {
        let root = folder.resolvingSymlinksInPath().path(percentEncoded: false)
        let inside = root.hasSuffix("/") ? root : root + "/"
        return items.first { item in
            guard item.isLink,
                ["csv", "svg", "json", "jsonl", "yaml"].contains(where: { item.name.hasSuffix(".\($0)") })
            else { return false }
            return !folder.appending(path: item.name).resolvingSymlinksInPath().path(percentEncoded: false)
                .hasPrefix(inside)
        }?.name
    }
}
