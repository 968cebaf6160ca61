/// A number for every layer group, or one for each that is named.
public enum GroupValue: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// One for all.
    case all(Float)
    /// By layer group; `backbone` stands for all groups but `head` that are not named, and what is not there
    /// is zero.
    case groups([String: Float])

    /// What stands for the groups of a backbone.
    public static let backbone = "backbone"
    /// The group of the new layers on a backbone.
    public static let head = "head"

    /// The number of a layer group.
    public func value(for group: String) -> Float {
        switch self {
        case .all(let value): value
        case .groups(let values): values[group] ?? (group == Self.head ? 0 : values[Self.backbone] ?? 0)
        }
    }

    /// The groups that are named.
    public var names: [String] {
        if case .groups(let values) = self { values.keys.sorted() } else { [] }
    }

    /// One for all groups.
    public init(floatLiteral value: Float) { self = .all(value) }

    /// One for all groups.
    public init(integerLiteral value: Int) { self = .all(Float(value)) }
}
