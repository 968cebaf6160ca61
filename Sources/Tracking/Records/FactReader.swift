import Experiments
import Foundation

/// Any JSON value, taken apart into facts with dotted names.
enum RecordedValue: Decodable, Sendable {
    case number(Double)
    case text(String)
    case list([RecordedValue])
    case members([String: RecordedValue])
    case nothing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let flag = try? container.decode(Bool.self) {
            self = .text("\(flag)")
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([RecordedValue].self) {
            self = .list(list)
        } else {
            self = .members(try container.decode([String: RecordedValue].self))
        }
    }

    /// The value of a member.
    subscript(name: String) -> RecordedValue? {
        if case .members(let members) = self { members[name] } else { nil }
    }

    /// The text, if it is one.
    var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The number, if it is one.
    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// The leaves, by their dotted paths.
    func facts(_ path: String = "") -> [String: Fact] {
        func inner(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        switch self {
        case .nothing: return [:]
        case .number(let number): return [path: .number(number)]
        case .text(let text): return [path: .text(text)]
        case .list(let elements): return Self.joined(elements.enumerated().map { $1.facts(inner("\($0)")) })
        case .members(let members): return Self.joined(members.map { $1.facts(inner($0)) })
        }
    }

    private static func joined(_ parts: [[String: Fact]]) -> [String: Fact] {
        parts.reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }
    }
}

extension YAMLNode {
    /// The leaves of a configuration, by the dotted paths that `--set` takes.
    func facts(_ path: String = "") -> [String: Fact] {
        func inner(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        switch content {
        case .scalar(let scalar):
            guard !scalar.isNull else { return [:] }
            let number: Double? = scalar.isText ? nil : scalar.number()
            return [path: number.map(Fact.number) ?? .text(scalar.text)]
        case .sequence(let elements):
            return elements.enumerated().reduce(into: [:]) { all, element in
                all.merge(element.element.facts(inner("\(element.offset)"))) { first, _ in first }
            }
        case .mapping(let entries):
            return entries.reduce(into: [:]) { all, entry in
                all.merge(entry.value.facts(inner(entry.key))) { first, _ in first }
            }
        }
    }
}
