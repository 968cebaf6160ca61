import Foundation
import Synchronization

/// The program that reads files in a process of its own, as ``ReadingPlace`` explains.
///
/// It is `graft` itself, started anew with a first argument that no command has. Which `graft` that is:
/// 1. what a program has said by ``use(_:)``;
/// 2. the running program, if its `main` begins with ``serveIfAsked()``, as that of `graft` does;
/// 3. the program `graft` in the folder of the running program: `swift build` puts it there for the tests and
///    for programs of the same package.
///
/// Where there is none, opening a file fails with ``KerasFileError/noReader(file:expected:)``; it is never
/// read in this process unless ``ReadingPlace/thisProcess`` is asked for. (`fork` alone would need no program,
/// but leaves the child with the locks of threads that are not there any more.)
public enum ReaderProcess {
    static let argument = "read-keras-file-for-parent"

    private static let program = Mutex<String?>(nil)

    /// Reads a file for the process that started this one, and ends; returns at once in all other processes.
    ///
    /// Call it first in `main`, to make a program its own reader.
    public static func serveIfAsked() {
        guard CommandLine.arguments.dropFirst().first == argument else {
            // The link in /proc itself would lead to whatever is running where it is followed.
            if let running = runningProgram { use(running) }
            return
        }
        ReaderServer.run()
    }

    /// Says which program reads files: the path of a `graft` of the same version.
    public static func use(_ path: String) { program.withLock { $0 = path } }

    /// The program to start.
    /// - Throws: ``KerasFileError/noReader(file:expected:)``
    static func path(for file: String) throws -> String {
        if let path = program.withLock({ $0 }) { return path }
        let folder = runningProgram.map { URL(filePath: $0).deletingLastPathComponent() }
        let neighbour = folder?.appending(path: "graft").path(percentEncoded: false) ?? "graft"
        guard FileManager.default.isExecutableFile(atPath: neighbour) else {
            throw KerasFileError.noReader(file: file, expected: neighbour)
        }
        return neighbour
    }

    private static var runningProgram: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}
