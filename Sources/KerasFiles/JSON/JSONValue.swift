/// A value of a JSON text: what Keras's configurations are made of.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The members of an object, the elements of a list, and so on; nil for a value of another kind.
    var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }
    var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }

    /// A whole number.
    var integer: Int? { number.flatMap { Int(exactly: $0) } }

    /// Whether it is `null`.
    var isNull: Bool { self == .null }

    /// A member of an object; nil where there is none or it is no object.
    subscript(name: String) -> JSONValue? { object?[name] }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral text: String) { self = .string(text) }
    init(integerLiteral number: Int) { self = .number(Double(number)) }
    init(booleanLiteral flag: Bool) { self = .bool(flag) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members) { $1 })
    }
    init(nilLiteral: ()) { self = .null }

    init(_ number: Int) { self = .number(Double(number)) }

    /// The shortest decimal that stands for the number: 0.001, not 0.0010000000474974513.
    init(_ number: Float) { self = .number(Double("\(number)") ?? Double(number)) }
}
