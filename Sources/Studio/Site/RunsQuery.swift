import Foundation
import Tracking

/// Which runs a request asks for, as its query says: `where`, `sort`, `reverse`, `columns` or `column`, and `page`, or
/// `offset` and `limit`.
struct RunsQuery: Sendable {
    /// The filter's text.
    var filter = ""
    /// The key that runs are sorted by; nil for the usual.
    var sort: String?
    /// Whether the order is the other way round.
    var isReversed = false
    /// The columns.
    var columns = RunQuery.usualColumns
    /// Counted from 1.
    var page = 1
    private var offset: Int?
    private var limit: Int?

    /// Runs on a page.
    static let pageSize = 100
    /// Runs in an answer to a program.
    private static let greatestLimit = 1000
    private static let greatestColumns = 40

    /// Reads a query.
    /// - Throws: ``SiteError``
    init(_ query: [(name: String, value: String)]) throws(SiteError) {
        var chosen: [String] = []
        for (name, value) in query {
            switch name {
            case "where": filter = value.trimmingCharacters(in: .whitespacesAndNewlines)
            case "sort": sort = value.isEmpty ? nil : value
            case "reverse": isReversed = !["", "0", "false"].contains(value)
            case "column": chosen.append(value)
            case "columns":
                chosen += value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            case "page": page = try Self.number(name, value, 1...1_000_000)
            case "offset": offset = try Self.number(name, value, 0...100_000_000)
            case "limit": limit = try Self.number(name, value, 1...Self.greatestLimit)
            default:
                throw .bad(
                    "there is no '\(name)' to ask for; expected where, sort, reverse, columns, page, offset or limit"
                )
            }
        }
        chosen = chosen.filter { !$0.isEmpty }
        guard chosen.count <= Self.greatestColumns else {
            throw .bad("expected \(Self.greatestColumns) columns at most, found \(chosen.count)")
        }
        if !chosen.isEmpty { columns = chosen }
    }

    private static func number(_ name: String, _ value: String, _ range: ClosedRange<Int>) throws(SiteError)
        -> Int
    {
        guard let number = Int(value), range.contains(number) else {
            throw .bad(
                "\(name): expected a whole number from \(range.lowerBound) to \(range.upperBound), found '\(value)'"
            )
        }
        return number
    }

    /// The question to the book of runs.
    /// - Throws: `TrackingError`
    func query() throws -> RunQuery {
        var query = RunQuery(
            filter: filter.isEmpty ? nil : try Filter(filter), sort: sort, isReversed: isReversed,
            columns: columns,
            limit: limit ?? Self.pageSize)
        query.offset = offset ?? (page - 1) * Self.pageSize
        return query
    }

    /// What tells it from other questions.
    var key: String {
        "\(filter)\n\(sort ?? "")\n\(isReversed)\n\(columns.joined(separator: ","))\n\(page) \(offset ?? -1) \(limit ?? -1)"
    }

    /// The address of a page with the same question, but for what is changed.
    func link(_ change: (inout RunsQuery) -> Void) -> String {
        var other = self
        change(&other)
        var parts: [(String, String)] = []
        if !other.filter.isEmpty { parts.append(("where", other.filter)) }
        if let sort = other.sort { parts.append(("sort", sort)) }
        if other.isReversed { parts.append(("reverse", "1")) }
        if other.columns != RunQuery.usualColumns {
            parts.append(("columns", other.columns.joined(separator: ",")))
        }
        if other.page > 1 { parts.append(("page", "\(other.page)")) }
        return parts.isEmpty
            ? "/" : "/?" + parts.map { "\($0)=\(PercentCoding.encode($1))" }.joined(separator: "&")
    }
}
