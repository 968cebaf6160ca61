import Foundation

/// What a folder's file system means to several machines that work in it.
public enum FolderSharing: Equatable, Sendable {
    /// Other machines are not likely to see what is written there.
    case local(fileSystem: String)
    /// Other machines see it, but their locks are not to be relied on.
    case withoutLocks(fileSystem: String)
    /// Nothing speaks against it.
    case unobjectionable

    /// Looks at a folder, or at where it will be made.
    public init(_ folder: URL) {
        let mounts = (try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? ""
        var url = folder.standardizedFileURL
        // What is not there has no links to follow.
        while url.path.count > 1, !FileManager.default.fileExists(atPath: url.path) {
            url.deleteLastPathComponent()
        }
        self.init(url.resolvingSymlinksInPath().path, mounts: mounts)
    }

    /// - Parameter mounts: what is mounted, as in proc(5).
    init(_ path: String, mounts: String) {
        let path = path.hasSuffix("/") ? path : path + "/"
        var (longest, fileSystem) = (0, "")
        for line in mounts.split(separator: "\n") {
            let halves = line.components(separatedBy: " - ")
            let fields = halves[0].split(separator: " ")
            guard fields.count > 4, let kind = halves.last?.split(separator: " ").first else { continue }
            let point = fields[4].replacing("\\040", with: " ")
            // A later mount at the same point hides the one before.
            if path.hasPrefix(point == "/" ? point : point + "/"), point.utf8.count >= longest {
                (longest, fileSystem) = (point.utf8.count, String(kind))
            }
        }
        switch fileSystem {
        case "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay":
            self = .local(fileSystem: fileSystem)
        case "nfs", "nfs4": self = .withoutLocks(fileSystem: fileSystem)
        default: self = .unobjectionable
        }
    }
}
