import Foundation

/// A PostgreSQL server of the tests' own, in a temporary folder, which ends with the process that began it.
public final class PostgreSQLServer: Sendable {
    private static let programs = "/usr/lib/postgresql/15/bin"

    /// Whether Debian's package `postgresql-15` is there.
    public static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: "\(programs)/initdb") }

    /// The one that all tests share; it begins with the first that asks.
    public static let shared = Result { try PostgreSQLServer() }

    /// Where its database is, as libpq takes it.
    public let url: String
    private let process: Process
    private let lifeline: Pipe
    private let complaints = TestFolder.url.appending(path: "postgresql.log")

    private init() throws {
        let folder = "/tmp/graft-postgresql-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        url = "postgresql://postgres@/postgres?host=\(folder)"
        (process, lifeline) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script, "sh", folder, Self.programs]
        process.standardInput = lifeline
        process.standardOutput = FileHandle.nullDevice
        try Data().write(to: complaints)
        process.standardError = try FileHandle(forWritingTo: complaints)
        try process.run()
    }

    /// Why there will never be a server; nil while there is hope.
    public var failure: String? {
        guard !process.isRunning else { return nil }
        return (try? String(contentsOf: complaints, encoding: .utf8)) ?? "it ended"
    }

    /// The server does not run as root. It is ended when nobody holds the other end of the shell's input any longer,
    /// which also happens where the tests are killed.
    private static let script = """
        trap : INT HUP TERM
        trap 'cd /; rm -rf "$1"' EXIT
        cd "$1"
        if [ "$(id -u)" = 0 ]; then
            chown postgres "$1"
            as="setpriv --reuid postgres --regid postgres --init-groups"
        fi
        $as "$2/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 \
        || { tail -n 5 log >&2; exit 1; }
        $as "$2/postgres" -D "$1/data" -c listen_addresses= -c "unix_socket_directories=$1" -c fsync=off \
        >>log 2>&1 &
        read -r _
        kill -INT $!
        wait
        """
}
