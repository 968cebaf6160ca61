import Foundation

/// Where a picture is that a table lists: below the table's folder, unless its path begins at the root.
func pathOfListed(_ name: String, in folder: String) -> String {
    name.hasPrefix("/") ? name : "\(folder)/\(name)"
}

/// The name of a picture that a table lists, as the file is called here: tables from Windows have `\\` between
/// folders. nil where there is no such file.
func listedPicture(_ name: String, in folder: String) -> String? {
    func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: pathOfListed(name, in: folder))
    }
    if isThere(name) { return name }
    let other = name.replacing("\\", with: "/")
    return other != name && isThere(other) ? other : nil
}
