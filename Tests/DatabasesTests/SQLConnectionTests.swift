import Databases
import Foundation
import TestSupport
import Testing

/// The two kinds of connection, which are to behave alike.
@Suite struct SQLConnectionTests {
    enum Kind: String, CaseIterable, Sendable {
        case sqlite, postgreSQL

        static var installed: [Kind] {
            allCases.filter { $0 != .postgreSQL || PostgreSQLServer.isInstalled }
        }

        func open() throws -> any SQLConnection {
            switch self {
            case .sqlite: return try SQLiteConnection(path: ":memory:")
            case .postgreSQL:
                let schema = "connection-\(UUID().uuidString.lowercased())"
                let address = ServerAddress(url: try PostgreSQLServer.shared.get().url, schema: schema)
                let patience = Date() + 300
                while (try? address.check()) == nil, Date() < patience { usleep(50_000) }
                return try PostgreSQLConnection(address)
            }
        }
    }

    @Test(arguments: Kind.installed) func `Values come back as they were written`(_ kind: Kind) throws {
        let connection = try kind.open()
        #expect(try connection.version() == 0)
        try connection.run("CREATE TABLE t (n INTEGER, x DOUBLE PRECISION, s TEXT)")
        let rows: [[SQLValue]] = [
            [.integer(-3), .real(0.1 + 0.2), .text("a 'quoted' \"word\"; -- and Größe 😀")],
            [.null, .real(1e-300), .text("")],
            [.integer(2_147_483_647), .null, .null],
        ]
        for row in rows { _ = try connection.run("INSERT INTO t VALUES (?, ?, ?)", values: row) }
        #expect(connection.changes == 1)
        #expect(try connection.run("SELECT n, x, s FROM t") == rows)
        try connection.run("DELETE FROM t WHERE s IS NOT NULL")
        #expect(connection.changes == 2)
    }

    @Test(arguments: Kind.installed) func `A transaction that fails leaves nothing`(_ kind: Kind) throws {
        struct Problem: Error {}
        let connection = try kind.open()
        #expect(try connection.version() == 0)
        try connection.run("CREATE TABLE t (n INTEGER)")
        #expect(throws: Problem.self) {
            try connection.transaction {
                try connection.run("INSERT INTO t VALUES (1)")
                throw Problem()
            }
        }
        try connection.transaction { _ = try connection.run("INSERT INTO t VALUES (?)", .integer(2)) }
        let left = try connection.reading { try connection.run("SELECT n FROM t") }
        #expect(left == [[.integer(2)]])
    }

    @Test(arguments: Kind.installed) func `The version of the tables is kept`(_ kind: Kind) throws {
        let connection = try kind.open()
        #expect(try connection.version() == 0)
        try connection.setVersion(7)
        #expect(try connection.version() == 7)
    }

    @Test(arguments: Kind.installed) func `A statement that makes no sense is an error with the reason`(
        _ kind: Kind
    ) throws {
        let connection = try kind.open()
        #expect(throws: DatabaseError.self) { try connection.run("SELECT n FROM nowhere") }
        do {
            try connection.run("SELECT n FROM nowhere")
        } catch {
            #expect(error.reason.contains("nowhere"), "\(error)")
        }
    }

    @Test func `A folder that is not there is named`() {
        #expect(
            throws: DatabaseError(database: "/nowhere/x.sqlite", reason: "unable to open database file")
        ) { _ = try SQLiteConnection(path: "/nowhere/x.sqlite") }
    }
}
