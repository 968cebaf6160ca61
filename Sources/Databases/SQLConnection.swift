/// A connection to a database, for one thread at a time; statements mark the places of their values by question marks.
package protocol SQLConnection: AnyObject {
    /// Runs a statement.
    /// - Returns: its rows.
    /// - Throws: ``DatabaseError``
    func run(_ sql: String, values: [SQLValue]) throws(DatabaseError) -> [[SQLValue]]
    /// How many rows the last statement changed.
    var changes: Int { get }
    /// Begins a transaction with nobody else writing meanwhile.
    func beginWriting() throws(DatabaseError)
    /// Begins a transaction that sees one and the same state.
    func beginReading() throws(DatabaseError)
    /// The version of the tables; 0 where there are none.
    func version() throws(DatabaseError) -> Int
    /// Says which version the tables have.
    func setVersion(_ version: Int) throws(DatabaseError)
}

extension SQLConnection {
    /// Runs a statement.
    /// - Returns: its rows.
    /// - Throws: ``DatabaseError``
    @discardableResult
    package func run(_ sql: String, _ values: SQLValue...) throws(DatabaseError) -> [[SQLValue]] {
        try run(sql, values: values)
    }

    /// Does several things as one, with nobody else writing meanwhile; nothing of it remains where one fails.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try beginWriting()
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            _ = try? run("ROLLBACK")
            throw error
        }
    }

    /// Several reads of one and the same state.
    package func reading<Result>(_ body: () throws -> Result) throws -> Result {
        try beginReading()
        defer { _ = try? run("COMMIT") }
        return try body()
    }
}
