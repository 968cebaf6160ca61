/// A connection to a database, for one thread at a time; statements mark the places of their values by question marks.
protocol SQLConnection: AnyObject {
    /// Runs a statement.
    /// - Returns: its rows.
    /// - Throws: ``SweepError/storage(file:reason:)``
    func run(_ sql: String, values: [Database.Value]) throws(SweepError) -> [[Database.Value]]
    /// How many rows the last statement changed.
    var changes: Int { get }
    /// Does several things as one, with nobody else writing meanwhile; nothing of it remains where one fails.
    func transaction<Result>(_ body: () throws -> Result) throws -> Result
    /// Several reads of one and the same state.
    func reading<Result>(_ body: () throws -> Result) throws -> Result
    /// The version of the tables; 0 where there are none.
    func version() throws(SweepError) -> Int
    /// Says which version the tables have.
    func setVersion(_ version: Int) throws(SweepError)
}

extension SQLConnection {
    /// Runs a statement.
    /// - Returns: its rows.
    /// - Throws: ``SweepError/storage(file:reason:)``
    @discardableResult
    func run(_ sql: String, _ values: Database.Value...) throws(SweepError) -> [[Database.Value]] {
        try run(sql, values: values)
    }
}

extension Database: SQLConnection {
    func version() throws(SweepError) -> Int { try run("PRAGMA user_version").first?.first?.integer ?? 0 }

    func setVersion(_ version: Int) throws(SweepError) { try run("PRAGMA user_version = \(version)") }
}
