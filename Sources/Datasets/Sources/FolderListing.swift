import Foundation
import Wording

/// A folder's contents, sorted by name, without what is hidden; so is `__MACOSX`, which archives from Macs bring.
struct FolderListing {
    /// Names of folders, and of links to folders.
    private(set) var folders: [String] = []
    /// Names of all else.
    private(set) var files: [String] = []

    init(_ path: String) throws(DatasetError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw .unreadable(path: path, reason: reason(of: error))
        }
        for name in names.sorted() where !name.hasPrefix(".") && name != "__MACOSX" {
            if isFolder("\(path)/\(name)") { folders.append(name) } else { files.append(name) }
        }
    }
}

/// Whether there is a folder, or a link to one, at a path.
func isFolder(_ path: String) -> Bool {
    var found: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &found) && found.boolValue
}

/// The pictures, by the endings of their names, in a folder and all folders below it.
struct PictureSearch {
    /// Paths below the root, sorted within each folder.
    private(set) var pictures: [String] = []
    /// Files with other endings.
    private(set) var others: [String] = []
    private var visited: Set<String> = []
    private let root: String

    /// - Parameters:
    ///   - root: the folder that paths begin from.
    ///   - folder: the folder to search, as a path below the root.
    init(root: String, folder: String) throws(DatasetError) {
        self.root = root
        try search(folder)
    }

    private mutating func search(_ folder: String) throws(DatasetError) {
        // A link may lead back to where it lies.
        let real = URL(filePath: "\(root)/\(folder)").resolvingSymlinksInPath().path(percentEncoded: false)
        guard visited.insert(real).inserted else { return }
        let listing = try FolderListing("\(root)/\(folder)")
        for name in listing.files {
            let path = "\(folder)/\(name)"
            if hasPictureEnding(name) { pictures.append(path) } else { others.append(path) }
        }
        for name in listing.folders { try search("\(folder)/\(name)") }
    }
}

private func hasPictureEnding(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return ImageFormat.fileExtensions.contains(name[name.index(after: dot)...].lowercased())
}
