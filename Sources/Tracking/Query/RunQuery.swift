import Foundation
import Tensors
import Wording

/// What is asked of the book of runs.
public struct RunQuery: Sendable {
    /// Which runs; nil for all.
    public var filter: Filter?
    /// By which key they are ordered; the time they began, if nil.
    public var sort: String?
    /// Whether the order is the other one than what the key suggests: accuracies from the greatest on, losses from the
    /// least.
    public var isReversed: Bool
    /// The keys that are shown.
    public var columns: [String]
    /// How many runs are passed over before the first that is shown.
    public var offset = 0
    /// How many runs are shown at most; nil for all.
    public var limit: Int?

    /// What is shown where nothing else is asked for.
    public static let usualColumns = [
        "state", "began", "val_loss", "val_accuracy", "test_accuracy", "test_f1_macro", "tags",
    ]

    /// A question: by default, all runs with the usual columns, the latest first.
    public init(
        filter: Filter? = nil, sort: String? = nil, isReversed: Bool = false,
        columns: [String] = usualColumns, limit: Int? = nil
    ) {
        self.filter = filter
        self.sort = sort
        self.isReversed = isReversed
        self.columns = columns
        self.limit = limit
    }

    /// The answer to a question.
    public struct Answer: Sendable {
        /// The keys of the columns after the name, as the runs have them.
        public var columns: [String]
        /// The runs, each with what it has for each column.
        public var rows: [(run: RunIndex.Entry, facts: [Fact?])]
        /// How many runs met the filter.
        public var matched: Int
    }
}

extension RunIndex {
    /// Answers a question.
    /// - Throws: ``TrackingError/unknownKey(name:nearest:)``, ``TrackingError/ambiguousKey(name:matches:)``
    public func answer(_ query: RunQuery) throws -> RunQuery.Answer {
        let snapshot = IndexSnapshot(self, try entries())
        let found = try query.filtered(snapshot.entries, in: snapshot)
        return try query.answer(from: snapshot, order: query.sorted(found, in: snapshot))
    }
}

extension RunQuery {
    /// Those of some runs that meet the filter, in the order that they had.
    func filtered(_ entries: [RunIndex.Entry], in snapshot: IndexSnapshot) throws -> [RunIndex.Entry] {
        guard let filter else { return entries }
        let facts = try Facts(snapshot, asked: Array(filter.keys))
        return entries.filter { entry in filter.matches(tags: entry.tags) { facts[$0, entry] } }
    }

    /// Some runs in the order that is asked for.
    func sorted(_ entries: [RunIndex.Entry], in snapshot: IndexSnapshot) throws -> [RunIndex.Entry] {
        let order = try Order(self, in: snapshot)
        return entries.map(order.place).sorted(by: order.isBefore).map(\.entry)
    }

    /// Runs that are sorted, with others put in where they belong.
    func inserting(
        _ others: [RunIndex.Entry], into sorted: [RunIndex.Entry], in snapshot: IndexSnapshot
    ) throws -> [RunIndex.Entry] {
        let order = try Order(self, in: snapshot)
        return others.reduce(into: sorted) { sorted, other in
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if order.isBefore(order.place(sorted[middle]), order.place(other)) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            sorted.insert(other, at: low)
        }
    }

    /// The answer, where the runs and their order are known.
    func answer(from snapshot: IndexSnapshot, order: [RunIndex.Entry]) throws -> Answer {
        let facts = try Facts(snapshot, asked: columns)
        let shown = order.dropFirst(offset).prefix(limit ?? order.count)
        return Answer(
            columns: columns.map { facts.key($0) },
            rows: shown.map { entry in (entry, columns.map { facts[$0, entry] }) }, matched: order.count)
    }

    /// Whether a key is sorted from the least value on, unless reversed.
    package static func risesToWorse(_ key: String) -> Bool {
        key == "name" || key == "state" || key.hasSuffix("loss") || key.hasSuffix("seconds")
    }
}

/// The order that a question asks for: by a key, then by name; runs that have no such key are last.
private struct Order {
    typealias Place = (entry: RunIndex.Entry, fact: Fact?)

    private let facts: Facts
    private let key: String
    private let isDescending: Bool

    init(_ query: RunQuery, in snapshot: IndexSnapshot) throws {
        key = query.sort ?? "began"
        facts = try Facts(snapshot, asked: [key])
        isDescending = RunQuery.risesToWorse(key) == query.isReversed
    }

    func place(_ entry: RunIndex.Entry) -> Place { (entry, facts[key, entry]) }

    func isBefore(_ left: Place, _ right: Place) -> Bool {
        switch (left.fact, right.fact) {
        case (let first?, let second?) where first != second:
            isDescending ? Fact.isBefore(second, first) : Fact.isBefore(first, second)
        case (nil, .some): false
        case (.some, nil): true
        default: Fact.isBefore(.text(left.entry.name), .text(right.entry.name))
        }
    }
}

/// The facts that a question needs, read at once.
private struct Facts {
    private var readers: [String: (RunIndex.Entry) -> Fact?] = [:]
    private var resolved: [String: String] = [:]

    init(_ snapshot: IndexSnapshot, asked: [String]) throws {
        let names = KeyNames(try snapshot.keys())
        let isEmpty = snapshot.entries.isEmpty
        for name in asked where resolved[name] == nil {
            let key = try names.resolved(name, isEmpty: isEmpty)
            resolved[name] = key
            if let own = KeyNames.own[key] {
                readers[name] = own
            } else {
                let column = try snapshot.facts(key)
                readers[name] = { column[$0.id] }
            }
        }
    }

    /// The key that a name stands for.
    func key(_ asked: String) -> String { resolved[asked] ?? asked }

    subscript(asked: String, entry: RunIndex.Entry) -> Fact? {
        readers[asked]?(entry)
    }
}

/// The keys that runs have, and the short forms that people write.
struct KeyNames {
    private let names: [String]
    private let known: Set<String>

    /// Keys that a run has from elsewhere than its facts.
    static let own: [String: @Sendable (RunIndex.Entry) -> Fact?] = [
        "name": { .text($0.name) }, "state": { .text($0.state.rawValue) },
        "tags": { $0.tags.isEmpty ? nil : .text($0.tags.joined(separator: " ")) },
        "note": { $0.note.isEmpty ? nil : .text($0.note) },
        // The folder that a trial of a sweep, or the run of a fold, lies in.
        "group": {
            $0.name.contains("/") ? $0.name.split(separator: "/").first.map { .text(String($0)) } : nil
        },
    ]

    /// Results that no run may have had yet.
    private static let expected: Set<String> = [
        "began", "ended", "error", "val_loss", "val_accuracy", "loss", "accuracy", "test_accuracy",
        "test_balanced_accuracy", "test_f1_macro", "test_roc_auc_macro_ovr", "test_log_loss", "seconds",
        "epochs",
    ]

    init(_ names: [String]) {
        self.names = names
        known = Set(names)
    }

    /// The key that is meant: that of the name, or the only one that ends so, `architecture` for `model.architecture`.
    /// - Throws: ``TrackingError/unknownKey(name:nearest:)``, ``TrackingError/ambiguousKey(name:matches:)``
    func resolved(_ name: String, isEmpty: Bool = false) throws(TrackingError) -> String {
        if known.contains(name) || Self.own[name] != nil || Self.expected.contains(name) || isEmpty {
            return name
        }
        let matches = names.filter { $0.hasSuffix("." + name) }
        if matches.count == 1 { return matches[0] }
        guard matches.isEmpty else { throw .ambiguousKey(name: name, matches: matches) }
        throw .unknownKey(name: name, nearest: nearest(to: name))
    }

    /// A misspelt name may be meant as a whole, or as the end of one.
    private func nearest(to name: String) -> [String] {
        let whole = nearestNames(to: name, among: known.union(Self.own.keys).union(Self.expected))
        guard whole.isEmpty else { return whole }
        let ends = Dictionary(grouping: names) { $0.split(separator: ".").last.map(String.init) ?? $0 }
        return Array(nearestNames(to: name, among: ends.keys.sorted()).flatMap { ends[$0] ?? [] }.prefix(3))
    }
}
