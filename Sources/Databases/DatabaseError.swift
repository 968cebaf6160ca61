/// A database that cannot be used, or did not do what it was asked for.
public struct DatabaseError: Error, Equatable, CustomStringConvertible {
    /// The file, or the server and its database.
    public var database: String
    /// Why, in the words of SQLite or PostgreSQL.
    public var reason: String

    /// The error as a sentence.
    public var description: String { "\(database): \(reason)" }

    /// An error of a database.
    public init(database: String, reason: String) { (self.database, self.reason) = (database, reason) }
}
