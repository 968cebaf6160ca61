import Foundation

/// Which runs somebody wants to see: `model.architecture = mobilenet and val_accuracy > 0.7 and tag:best`.
///
/// A filter compares a setting or metric with a number or a text (`=`, `!=`, `<`, `<=`, `>`, `>=`; `~` asks whether a
/// text contains another), or asks whether there is one (`has:KEY`) or a tag (`tag:NAME`); `and`, `or`, `not` and
/// parentheses join these. A run that has no such setting meets no comparison but `!=`.
public indirect enum Filter: Sendable, Equatable {
    /// How a fact is compared.
    public enum Comparison: String, Sendable, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case equal = "="
        case notEqual = "!="
        case contains = "~"
    }

    case comparison(key: String, Comparison, Fact)
    case tag(String)
    case has(key: String)
    case not(Filter)
    case and(Filter, Filter)
    case or(Filter, Filter)

    /// The keys that it asks for.
    var keys: Set<String> {
        switch self {
        case .comparison(let key, _, _), .has(let key): [key]
        case .tag: []
        case .not(let filter): filter.keys
        case .and(let left, let right), .or(let left, let right): left.keys.union(right.keys)
        }
    }

    /// Whether a run meets the filter.
    /// - Parameter fact: what the run has for a key.
    func matches(tags: [String], _ fact: (String) -> Fact?) -> Bool {
        switch self {
        case .comparison(let key, let comparison, let value): comparison.holds(fact(key), value)
        case .tag(let tag): tags.contains(tag)
        case .has(let key): fact(key) != nil
        case .not(let filter): !filter.matches(tags: tags, fact)
        case .and(let left, let right): left.matches(tags: tags, fact) && right.matches(tags: tags, fact)
        case .or(let left, let right): left.matches(tags: tags, fact) || right.matches(tags: tags, fact)
        }
    }
}

extension Filter.Comparison {
    /// Whether a fact compares so with a value. Numbers are compared as numbers, else the texts are, as they are shown;
    /// a number is neither before nor after a text.
    func holds(_ fact: Fact?, _ value: Fact) -> Bool {
        guard let fact else { return self == .notEqual }
        if self == .contains { return fact.description.localizedStandardContains(value.description) }
        if let left = fact.number, let right = value.number { return order(left, right) }
        if fact.number != nil, ![.equal, .notEqual].contains(self) { return false }
        return order(fact.description, value.description)
    }

    private func order<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal, .contains: left == right
        case .notEqual: left != right
        }
    }
}
