import CPostgreSQL
import Foundation

/// A connection to a schema of a PostgreSQL server, which survives that the server is restarted: whatever begins waits
/// up to a minute for it.
///
/// A connection is for one thread at a time.
package final class PostgreSQLConnection: SQLConnection {
    private let handle: OpaquePointer
    private let address: ServerAddress
    package private(set) var changes = 0

    /// Connects; the schema is made where it is not there.
    /// - Throws: ``DatabaseError``
    package init(_ address: ServerAddress) throws(DatabaseError) {
        self.address = address
        guard let handle = PQconnectdb(address.url) else {
            throw DatabaseError(database: address.description, reason: "there is no memory for a connection")
        }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else { throw failure() }
        try prepare()
    }

    deinit { PQfinish(handle) }

    private func prepare() throws(DatabaseError) {
        // What is there already is no news.
        try run("SET client_min_messages = warning")
        try run("SET search_path = \(identifier)")
    }

    /// The schema's name as a part of a statement.
    private var identifier: String { "\"" + address.schema.replacing("\"", with: "\"\"") + "\"" }

    package func run(_ sql: String, values: [SQLValue]) throws(DatabaseError) -> [[SQLValue]] {
        let texts = values.map { $0.serverText.map { strdup($0) } ?? nil }
        defer { texts.forEach { free($0) } }
        let result = PQexecParams(
            handle, Self.numbered(sql), CInt(values.count), nil, texts.map { $0.map { UnsafePointer($0) } },
            nil, nil, 0)
        defer { PQclear(result) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else { throw failure() }
        changes = Int(String(cString: PQcmdTuples(result))) ?? 0
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { Self.value(of: result, row: row, column: $0) }
        }
    }

    /// A statement with `$1`, `$2`, … in place of its question marks.
    private static func numbered(_ sql: String) -> String {
        let parts = sql.split(separator: "?", omittingEmptySubsequences: false)
        return parts.enumerated().dropFirst().reduce(String(parts[0])) { "\($0)$\($1.offset)\($1.element)" }
    }

    private static func value(of result: OpaquePointer?, row: CInt, column: CInt) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0 else { return .null }
        let text = String(cString: PQgetvalue(result, row, column))
        // The object identifiers of int8, int4 and float8, which never change.
        switch PQftype(result, column) {
        case 20, 23: return Int(text).map { .integer($0) } ?? .null
        case 701: return Double(text).map { .real($0) } ?? .null
        default: return .text(text)
        }
    }

    package func beginWriting() throws(DatabaseError) {
        try begin("BEGIN")
        do {
            // Each statement after this one sees what the one who had the lock before has written.
            try run("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", .text(address.schema))
        } catch {
            _ = try? run("ROLLBACK")
            throw error
        }
    }

    package func beginReading() throws(DatabaseError) {
        try begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    /// Begins a transaction, on a new connection where the old one is lost: nothing can have been done on it by halves.
    private func begin(_ statement: String) throws(DatabaseError) {
        let patience = Date() + 60
        while true {
            do {
                try run(statement)
                return
            } catch {
                guard PQstatus(handle) != CONNECTION_OK, Date() < patience else { throw error }
                usleep(200_000)
                PQreset(handle)
                if PQstatus(handle) == CONNECTION_OK { try prepare() }
            }
        }
    }

    package func version() throws(DatabaseError) -> Int {
        try run("CREATE SCHEMA IF NOT EXISTS \(identifier)")
        try run("CREATE TABLE IF NOT EXISTS version (number INTEGER NOT NULL)")
        return try run("SELECT number FROM version").first?.first?.integer ?? 0
    }

    package func setVersion(_ version: Int) throws(DatabaseError) {
        try run("INSERT INTO version VALUES (?)", .integer(version))
    }

    /// Removes the schema, if it is there.
    package func removeSchema() throws(DatabaseError) {
        try run("DROP SCHEMA IF EXISTS \(identifier) CASCADE")
    }

    private func failure() -> DatabaseError {
        let reason = String(cString: PQerrorMessage(handle)).trimmingCharacters(in: .whitespacesAndNewlines)
        return DatabaseError(database: address.description, reason: reason)
    }
}

extension SQLValue {
    /// The value as the server reads it; nil for nothing.
    fileprivate var serverText: String? {
        switch self {
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text
        case .null: nil
        }
    }
}
