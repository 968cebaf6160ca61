import Foundation

/// A schema of a PostgreSQL server.
public struct ServerAddress: Sendable, Codable, Equatable, CustomStringConvertible {
    /// The server and its database, as libpq takes it: `postgresql://user@host:5432/database?sslmode=require`.
    public var url: String
    /// The schema with the tables, which nobody else has.
    public var schema: String

    /// An address.
    public init(url: String, schema: String) {
        self.url = url
        self.schema = schema
    }

    /// The server, to be shown: without what might be secret.
    public var description: String {
        guard let parts = URLComponents(string: url) else { return "the PostgreSQL server" }
        var shown = URLComponents()
        (shown.scheme, shown.host, shown.port, shown.path) = (
            parts.scheme, parts.host, parts.port, parts.path
        )
        return shown.string ?? "the PostgreSQL server"
    }

    /// Sees whether the server lets us in.
    /// - Throws: ``DatabaseError``
    public func check() throws(DatabaseError) { _ = try PostgreSQLConnection(self) }

    /// Removes the schema with all that is in it; one that is gone already is no error.
    /// - Throws: ``DatabaseError``
    package func remove() throws(DatabaseError) { try PostgreSQLConnection(self).removeSchema() }
}
