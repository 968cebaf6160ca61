import Foundation

/// Which process on which machine has a trial.
///
/// A process is told from a later one of the same number by when it started, and a machine by its name, its boot and
/// its namespace of processes. So a worker on this machine is known to be dead or alive, however slow it is; of one
/// elsewhere only its lease tells.
public struct WorkerIdentity: Sendable, Codable, Hashable {
    /// The machine's name, for people.
    public var host: String
    /// The process.
    public var process: Int32
    private var machine: String
    private var started: String

    /// This process.
    public static let current: WorkerIdentity = {
        let process = getpid()
        return WorkerIdentity(
            host: ProcessInfo.processInfo.hostName, process: process, machine: thisMachine,
            started: start(of: process) ?? "")
    }()

    /// Whether the process is there; nil where that cannot be known from here.
    public var isAlive: Bool? {
        guard machine == Self.thisMachine, !started.isEmpty else { return nil }
        return Self.start(of: process) == started
    }

    private static let thisMachine: String = {
        let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let processes = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        return [ProcessInfo.processInfo.hostName, boot ?? "", processes ?? ""].joined(separator: " ")
            .replacing("\n", with: "")
    }()

    /// When a process started, in the machine's ticks; nil where it is not there, or has ended already.
    private static func start(of process: Int32) -> String? {
        guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
            return nil
        }
        // The program's name, in parentheses, may hold anything.
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return String(fields[19])
    }

    /// As the store keeps it.
    var encoded: String? {
        (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }

    init?(encoded: String?) {
        guard let encoded, let value = try? JSONDecoder().decode(Self.self, from: Data(encoded.utf8)) else {
            return nil
        }
        self = value
    }

    private init(host: String, process: Int32, machine: String, started: String) {
        (self.host, self.process, self.machine, self.started) = (host, process, machine, started)
    }
}
