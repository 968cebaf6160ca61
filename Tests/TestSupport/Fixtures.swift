import Foundation

/// Where the committed fixtures lie, and where real files may lie that are not part of the project.
public enum Fixtures {
    /// The checkout's top folder.
    public static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file below `Tests/Fixtures`.
    public static func url(_ path: String) -> URL {
        checkout.appending(path: "Tests/Fixtures").appending(path: path)
    }

    /// The path of a file below `Tests/Fixtures`.
    public static func path(_ path: String) -> String { url(path).path(percentEncoded: false) }

    /// The path of a file in the folder `shared` beside the checkout: real weights and real pictures that
    /// are not the project's to distribute. Tests that need one are skipped where it is absent.
    public static func shared(_ path: String) -> String {
        checkout.deletingLastPathComponent().appending(path: "shared").appending(path: path)
            .path(percentEncoded: false)
    }

    /// Whether a file of the folder `shared` is there; the condition of `.enabled(if:)` traits.
    public static func hasShared(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: shared(path))
    }

    /// Runs `body` with a new empty folder, which is removed afterwards.
    public static func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = TestFolder.unused()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
