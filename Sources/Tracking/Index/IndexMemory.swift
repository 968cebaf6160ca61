import Foundation

/// What is known of the runs, and what follows from it. Whoever holds the lock has it alone.
struct IndexMemory: ~Copyable, @unchecked Sendable {
    /// An order that was asked for.
    struct Order: Hashable {
        var sort: String?
        var isReversed: Bool
    }

    private(set) var snapshot: IndexSnapshot
    private(set) var version = 1
    private(set) var runs: [String: RunIndex.Entry]
    private(set) var orders: [Order: [RunIndex.Entry]] = [:]
    /// Orders of 10,000 runs take about a megabyte.
    private static let limit = 32

    init(_ snapshot: sending IndexSnapshot) {
        runs = Dictionary(snapshot.entries.map { ($0.name, $0) }) { first, _ in first }
        self.snapshot = snapshot
    }

    /// Answers a question. The sorting takes the most time, and what is left of what is sorted is sorted.
    mutating func answer(_ query: RunQuery) throws -> RunQuery.Answer {
        let key = Order(sort: query.sort, isReversed: query.isReversed)
        let all = try orders[key] ?? query.sorted(snapshot.entries, in: snapshot)
        if orders.count >= Self.limit, orders[key] == nil { orders = [:] }
        orders[key] = all
        return try query.answer(from: snapshot, order: query.filtered(all, in: snapshot))
    }

    /// Goes on with what is new.
    mutating func take(_ snapshot: IndexSnapshot, orders: [Order: [RunIndex.Entry]]) {
        runs = Dictionary(snapshot.entries.map { ($0.name, $0) }) { first, _ in first }
        (self.snapshot, self.orders) = (snapshot, orders)
        version += 1
    }

    /// Orders as they are after some runs have changed.
    static func renewed(_ orders: [Order: [RunIndex.Entry]], _ news: IndexBook.News) -> [Order: [RunIndex
        .Entry]]
    {
        guard let touched = news.touched else { return [:] }
        let back = news.snapshot.entries.filter { touched.contains($0.id) }
        var renewed: [Order: [RunIndex.Entry]] = [:]
        for (order, entries) in orders {
            let query = RunQuery(sort: order.sort, isReversed: order.isReversed)
            // One that cannot be renewed, because no run has its key any longer, is made when it is asked for.
            renewed[order] = try? query.inserting(
                back, into: entries.filter { !touched.contains($0.id) }, in: news.snapshot)
        }
        return renewed
    }
}
