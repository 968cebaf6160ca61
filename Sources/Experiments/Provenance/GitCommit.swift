import Foundation

/// The commit that a folder is at, from git's own files: git itself need not be there.
enum GitCommit {
    /// The commit that is checked out where a folder lies; nil where that is in no repository, or in one
    /// without commits.
    static func checkedOut(in folder: URL) -> String? {
        var folder = folder.standardizedFileURL
        while true {
            if let repository = repository(of: folder) { return head(of: repository) }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            guard parent.path(percentEncoded: false) != folder.path(percentEncoded: false),
                folder.path(percentEncoded: false) != "/"
            else { return nil }
            folder = parent
        }
    }

    /// The folder `.git`, or that which a file `.git` of a worktree names.
    private static func repository(of folder: URL) -> URL? {
        let git = folder.appending(path: ".git")
        if text(git.appending(path: "HEAD")) != nil { return git }
        guard let line = text(git), line.hasPrefix("gitdir: ") else { return nil }
        return URL(filePath: String(line.dropFirst(8)), relativeTo: folder).standardizedFileURL
    }

    private static func head(of repository: URL) -> String? {
        guard let head = text(repository.appending(path: "HEAD")) else { return nil }
        guard head.hasPrefix("ref: ") else { return head.isEmpty ? nil : head }
        let name = String(head.dropFirst(5))
        // A worktree shares its branches with the repository that it is of.
        let common = text(repository.appending(path: "commondir"))
            .map { URL(filePath: $0, directoryHint: .isDirectory, relativeTo: directory(repository)) }
        let places = [repository] + (common.map { [$0.standardizedFileURL] } ?? [])
        return places.lazy.compactMap { text($0.appending(path: name)) ?? packed(name, in: $0) }.first
    }

    private static func directory(_ url: URL) -> URL {
        URL(filePath: url.path(percentEncoded: false), directoryHint: .isDirectory)
    }

    private static func packed(_ name: String, in repository: URL) -> String? {
        let lines = text(repository.appending(path: "packed-refs"))?.split(separator: "\n") ?? []
        return lines.first { $0.hasSuffix(" \(name)") }?.split(separator: " ").first.map(String.init)
    }

    private static func text(_ file: URL) -> String? {
        (try? String(contentsOf: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
