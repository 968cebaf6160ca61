import Tensors
import Wording

/// How a value of a configuration is read: the vocabulary of the schema.
package struct Field<Value> {
    /// What is expected, in an error's words.
    package let expected: String
    /// Something to go on with when the value is missing or wrong, so that other errors can be found.
    package let placeholder: () -> Value
    /// The value; nil after an error was reported.
    package let read: (Cursor) -> Value?

    package init(
        _ expected: String, placeholder: @escaping @autoclosure () -> Value,
        read: @escaping (Cursor) -> Value?
    ) {
        self.expected = expected
        self.placeholder = placeholder
        self.read = read
    }

    /// What became of a scalar.
    package enum Reading {
        case value(Value)
        case wrongType(hint: String? = nil)
        case outOfRange(hint: String? = nil)
    }

    /// A value that is written as a scalar.
    package static func scalar(
        _ expected: String, placeholder: @escaping @autoclosure () -> Value,
        _ reading: @escaping (YAMLScalar) -> Reading
    ) -> Field {
        Field(expected, placeholder: placeholder()) { cursor in
            switch cursor.node.scalar.map(reading) ?? .wrongType() {
            case .value(let value): return value
            case .wrongType(let hint): cursor.reportWrongType(expected: expected, hint: hint)
            case .outOfRange(let hint): cursor.reportOutOfRange(expected: expected, hint: hint)
            }
            return nil
        }
    }

    /// The value as something else.
    package func map<Other>(_ transform: @escaping (Value) -> Other) -> Field<Other> {
        Field<Other>(expected, placeholder: transform(placeholder())) { read($0).map(transform) }
    }

    /// The value, if a reason against it is not found.
    package func checked(_ objection: @escaping (Value) -> String?) -> Field {
        Field(expected, placeholder: placeholder()) { cursor in
            guard let value = read(cursor) else { return nil }
            guard let reason = objection(value) else { return value }
            cursor.reportContradiction(reason)
            return nil
        }
    }
}

extension Field<Bool> {
    /// `true` or `false`.
    package static var flag: Field {
        .scalar("true or false", placeholder: false) { scalar in
            if let value = scalar.boolean { return .value(value) }
            switch scalar.text.lowercased() {
            case "true", "yes", "on", "y", "1": return .wrongType(hint: "write it as true, without quotes")
            case "false", "no", "off", "n", "0": return .wrongType(hint: "write it as false, without quotes")
            default: return .wrongType()
            }
        }
    }
}

extension Field where Value: RawRepresentable<String> & CaseIterable {
    /// One of an enumeration's names.
    package static var choice: Field {
        let cases = Value.allCases
        let names = cases.map(\.rawValue)
        return .scalar("one of \(names.joined(separator: ", "))", placeholder: cases[cases.startIndex]) {
            if let value = Value(rawValue: $0.text), !$0.isNull { return .value(value) }
            guard $0.isText else { return .wrongType() }
            return .outOfRange(
                hint: nearestNames(to: $0.text, among: names).first.map { "did you mean '\($0)'?" })
        }
    }
}

extension Field {
    /// A list.
    package static func list<Element>(
        of element: Field<Element>, _ expected: String, atLeast count: Int = 0
    ) -> Field where Value == [Element] {
        Field(expected, placeholder: []) { cursor in
            guard let elements = cursor.elements else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            guard elements.count >= count else {
                cursor.reportOutOfRange(expected: expected)
                return nil
            }
            let values = elements.map(element.read)
            return values.contains { $0 == nil } ? nil : values.compactMap(\.self)
        }
    }
}
