import Databases
import Foundation
import TestSupport

@testable import Sweeps

/// What can keep a sweep's state.
enum StoreBackend: String, CaseIterable, Sendable {
    case sqlite, postgreSQL

    /// Those that are on this machine.
    static var installed: [StoreBackend] {
        allCases.filter { $0 != .postgreSQL || PostgreSQLServer.isInstalled }
    }

    /// Opens the state that belongs to a folder.
    func open(_ folder: URL, clock: @escaping () -> Date) throws -> SQLStore {
        switch self {
        case .sqlite: return try SQLStore(path: folder.appending(path: "sweep.sqlite").path, clock: clock)
        case .postgreSQL:
            return try SQLStore(Self.address(schema: folder.lastPathComponent), clock: clock)
        }
    }

    /// A schema of the tests' server, once that answers.
    static func address(schema: String) throws -> ServerAddress {
        let server = try PostgreSQLServer.shared.get()
        let url = server.url
        let patience = Date() + 300
        while true {
            do {
                _ = try PostgreSQLConnection(ServerAddress(url: url, schema: "public"))
                return ServerAddress(url: url, schema: schema)
            } catch {
                guard server.failure == nil, Date() < patience else {
                    print("the tests' PostgreSQL server:", server.failure ?? "is silent")
                    throw error
                }
                usleep(50_000)
            }
        }
    }
}
