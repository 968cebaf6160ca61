import Foundation

/// What is changed in the working folder but not committed, as `git diff HEAD` tells it.
public enum WorkingChanges {
    /// A program that was changed by more than this is another program.
    static let limit = 1_000_000

    /// The changes; nil where there are none, the folder is in no git repository, or git is not there. Longer ones end
    /// with a line that says so.
    public static func diff(in folder: String = FileManager.default.currentDirectoryPath) -> Data? {
        let directory = URL(filePath: folder, directoryHint: .isDirectory)
        guard GitCommit.checkedOut(in: directory) != nil else { return nil }
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "--no-pager", "diff", "--no-color", "--no-ext-diff", "HEAD"]
        git.currentDirectoryURL = directory
        let output = Pipe()
        (git.standardOutput, git.standardError, git.standardInput) = (
            output, FileHandle.nullDevice, FileHandle.nullDevice
        )
        guard (try? git.run()) != nil else { return nil }
        let changes = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        guard git.terminationStatus == 0, !changes.isEmpty else { return nil }
        guard changes.count > limit else { return changes }
        return changes.prefix(limit) + Data("\n… \(changes.count - limit) more bytes are left out\n".utf8)
    }
}
