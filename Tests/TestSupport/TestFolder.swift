import Foundation

/// The folder of everything that this process's tests write. It goes when the process does, also where that is killed,
/// and the programs that the tests began go with it.
public enum TestFolder {
    /// Where it is.
    public static let url: URL = {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "graft-tests-\(getpid())-\(UUID().uuidString.prefix(8))", directoryHint: .isDirectory)
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        watch(url.path(percentEncoded: false))
        return url
    }()

    /// What tells a program, and those that it begins, that they are to go with the folder.
    public static var mark: (name: String, value: String) { (name, url.lastPathComponent) }
    private static let name = "GRAFT_TESTS"

    /// A path within it that nobody has yet.
    public static func unused() -> URL { url.appending(path: UUID().uuidString) }

    /// The end of a pipe that nothing is ever written to: whoever reads it learns that this process has ended.
    private static let lifeline = Pipe()

    private static func watch(_ path: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script, "sh", path, "\(name)=\(URL(filePath: path).lastPathComponent)"]
        process.standardInput = lifeline
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try? process.run()
    }

    /// Those that are killed may have begun others meanwhile.
    private static let script = """
        trap : INT HUP TERM
        read -r _
        for round in 1 2 3; do
            for process in /proc/[0-9]*; do
                grep -qsF "$2" "$process/environ" && kill -9 "${process#/proc/}"
            done
        done
        rm -rf "$1"
        """
}
