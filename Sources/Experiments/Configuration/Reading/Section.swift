import Tensors
import Wording

/// A mapping of a configuration while it is read, key by key; a schema reads like a table of them.
package struct Section {
    private let cursor: Cursor
    private let shorthand: String?
    private var known: [String] = []
    private var refused: Set<String> = []
    private var isAbandoned = false

    /// A mapping, or, in its stead, the value of its one key that matters.
    init?(_ cursor: Cursor, orJust key: String?, expected: String) {
        if cursor.node.entries != nil {
            (self.cursor, shorthand) = (cursor, nil)
        } else if let key, cursor.node.scalar != nil {
            (self.cursor, shorthand) = (cursor, key)
        } else {
            cursor.reportWrongType(expected: expected)
            return nil
        }
    }

    /// A mapping without keys, whose errors nobody hears.
    static var empty: Section { Section() }

    private init() {
        let node = YAMLNode(content: .mapping([]), place: .written)
        cursor = Cursor(node: node, path: "", problems: Problems())
        shorthand = nil
    }

    /// The value of a key that must be there. If it is not, or is wrong, that is reported, and something is
    /// returned to go on with.
    package mutating func required<Value>(_ key: String, as field: Field<Value>) -> Value {
        needed(key, as: field) ?? field.placeholder()
    }

    /// The same for a key that decides which other keys there are: without it, nothing is known about them.
    package mutating func decisive<Value>(_ key: String, as field: Field<Value>) -> Value? {
        let value = needed(key, as: field)
        if value == nil { isAbandoned = true }
        return value
    }

    private mutating func needed<Value>(_ key: String, as field: Field<Value>) -> Value? {
        if let value = self[key] { return field.read(value) }
        let place = cursor.node[key]?.place ?? cursor.node.place
        cursor.problems.report(.missingKey(at: place, path: path(key), expected: field.expected))
        return nil
    }

    /// The value of a key; nil if it is not there or null.
    package mutating func optional<Value>(_ key: String, as field: Field<Value>) -> Value? {
        self[key].flatMap(field.read)
    }

    /// The value of a key, with a default for when it is not there or null.
    package mutating func optional<Value>(_ key: String, as field: Field<Value>, default value: Value)
        -> Value
    {
        optional(key, as: field) ?? value
    }

    /// The value of a key as it is written; nil if it is not there or null.
    package subscript(key: String) -> Cursor? {
        mutating get {
            note(key)
            if key == shorthand { return cursor }
            guard let value = cursor.node[key], !value.isNull else { return nil }
            return cursor.entry(key, value)
        }
    }

    /// The value of a key as it is written, null included; nil if it is not there.
    package mutating func written(_ key: String) -> Cursor? {
        note(key)
        return cursor.node[key].map { cursor.entry(key, $0) }
    }

    /// Which of the keys is there, if exactly one of them must be; anything else is reported.
    package mutating func exactlyOne(of keys: [String]) -> Cursor? {
        var given: [Cursor] = []
        for key in keys { if let value = self[key] { given.append(value) } }
        let list = keys.map { "'\($0)'" }.joined(separator: ", ")
        guard given.count < 2 else {
            given[1].reportContradiction("expected only one of \(list)")
            return nil
        }
        if given.isEmpty {
            cursor.problems.report(
                .missingKey(at: cursor.node.place, path: path(keys[0]), expected: "exactly one of \(list)"))
        }
        return given.first
    }

    /// Reports that values of the section do not go together.
    package func reportContradiction(_ reason: String) { cursor.reportContradiction(reason) }

    /// Remembers a key that is asked for; a schema may ask for one twice.
    private mutating func note(_ key: String) { if !known.contains(key) { known.append(key) } }

    /// Reports a key that another program knows, and says what is to be done about it.
    package mutating func refuse(_ key: String, _ reason: String) {
        guard let entry = cursor.node.entries?.first(where: { $0.key == key }) else { return }
        refused.insert(key)
        cursor.problems.report(.contradiction(at: entry.place, path: path(key), reason: reason))
    }

    /// Reports the keys that nobody asked for.
    func finish() {
        guard !isAbandoned else { return }
        for entry in cursor.node.entries ?? []
        where !known.contains(entry.key) && !refused.contains(entry.key) {
            let nearest = nearestNames(to: entry.key, among: known)
            cursor.problems.report(
                .unknownKey(at: entry.place, path: path(entry.key), nearest: nearest, known: known))
        }
    }

    private func path(_ key: String) -> String { cursor.path.isEmpty ? key : "\(cursor.path).\(key)" }
}

/// A part of a configuration that is written as a mapping.
protocol SectionReadable {
    init(reading section: inout Section)
}

extension Field where Value: SectionReadable {
    /// A mapping.
    static var section: Field { section { Value(reading: &$0) } }
}

extension Field {
    /// A mapping.
    /// - Parameter key: the key whose value may be given in the mapping's stead.
    package static func section(
        _ expected: String = "a mapping of keys to values", orJust key: String? = nil,
        _ read: @escaping (inout Section) -> Value
    ) -> Field {
        Field(
            expected,
            placeholder: {
                var section = Section.empty
                return read(&section)
            }(),
            read: { cursor in
                guard var section = Section(cursor, orJust: key, expected: expected) else { return nil }
                let value = read(&section)
                section.finish()
                return value
            })
    }
}
