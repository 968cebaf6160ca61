import CSQLite
import Foundation

/// A connection to an SQLite database that several processes share: with a write-ahead log, so that readers and the
/// writer do not wait for each other, and a minute of patience where two want to write.
///
/// A connection is for one thread at a time.
package final class SQLiteConnection: SQLConnection {
    private let handle: OpaquePointer
    private let path: String

    /// Opens a database, which is made where it is not there.
    /// - Throws: ``DatabaseError``
    package init(path: String) throws(DatabaseError) {
        self.path = path
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX
        guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK, let handle else {
            let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "there is no memory for it"
            sqlite3_close_v2(handle)
            throw DatabaseError(database: path, reason: reason)
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, 60_000)
        try prepare()
    }

    deinit { sqlite3_close_v2(handle) }

    private func prepare() throws(DatabaseError) {
        // Two that open a new database at once may both want to change its mode, which does not wait.
        for attempt in 1... {
            do {
                try run("PRAGMA journal_mode = WAL")
                break
            } catch {
                guard attempt < 200 else { throw error }
                usleep(20_000)
            }
        }
        // A power cut may take back the last changes, but leaves a whole database; and what a trial came to is in its
        // run's folder, too. Waiting for the disk after each change would cost more than small trials do.
        try run("PRAGMA synchronous = NORMAL")
        try run("PRAGMA foreign_keys = ON")
    }

    /// Runs a statement with so many values.
    /// - Throws: ``DatabaseError``
    package func run(_ sql: String, values: [SQLValue]) throws(DatabaseError) -> [[SQLValue]] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure() }
        defer { sqlite3_finalize(statement) }
        for (index, value) in values.enumerated() {
            guard bind(value, to: Int32(index + 1), of: statement) == SQLITE_OK else { throw failure() }
        }
        var rows: [[SQLValue]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append((0..<sqlite3_column_count(statement)).map { value(of: statement, column: $0) })
            case SQLITE_DONE: return rows
            default: throw failure()
            }
        }
    }

    /// How many rows the last statement changed.
    package var changes: Int { Int(sqlite3_changes(handle)) }

    package func beginWriting() throws(DatabaseError) { try run("BEGIN IMMEDIATE") }

    package func beginReading() throws(DatabaseError) { try run("BEGIN") }

    /// The version of the tables; 0 where there are none.
    package func version() throws(DatabaseError) -> Int {
        try run("PRAGMA user_version").first?.first?.integer ?? 0
    }

    /// Says which version the tables have.
    package func setVersion(_ version: Int) throws(DatabaseError) {
        try run("PRAGMA user_version = \(version)")
    }

    private func bind(_ value: SQLValue, to index: Int32, of statement: OpaquePointer?) -> Int32 {
        switch value {
        case .integer(let number): sqlite3_bind_int64(statement, index, Int64(number))
        case .real(let number): sqlite3_bind_double(statement, index, number)
        // SQLite copies the text: that is what -1 in place of a destructor means.
        case .text(let text):
            sqlite3_bind_text(statement, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        case .null: sqlite3_bind_null(statement, index)
        }
    }

    private func value(of statement: OpaquePointer?, column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: .text(String(cString: sqlite3_column_text(statement, column)))
        default: .null
        }
    }

    private func failure() -> DatabaseError {
        DatabaseError(database: path, reason: String(cString: sqlite3_errmsg(handle)))
    }
}
