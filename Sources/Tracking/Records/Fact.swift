import Foundation

/// A value of a run's configuration, or one of its results.
public enum Fact: Sendable, Equatable {
    /// A number.
    case number(Double)
    /// Anything else: text, `true` and `false`, a date in ISO 8601.
    case text(String)

    /// The fact as it is shown.
    public var description: String {
        switch self {
        case .number(let number): Fact.text(of: number)
        case .text(let text): text
        }
    }

    /// The number, if it is one.
    public var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// A number as it would be written by hand: `3` and not `3.0`.
    static func text(of number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    /// Numbers before texts, each in its own order; texts with the numbers in them by value, so that `run-9` comes
    /// before `run-10`.
    public static func isBefore(_ left: Fact, _ right: Fact) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left < right
        case (.number, .text): true
        case (.text, .number): false
        case (.text(let left), .text(let right)): NaturalOrder.isBefore(left, right)
        }
    }
}

extension Fact: Encodable {
    /// A JSON number or string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}
