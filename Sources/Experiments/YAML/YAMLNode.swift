/// A value of a YAML document that knows where it stands; aliases and merge keys are already followed.
struct YAMLNode: Sendable, Equatable {
    /// What the value is.
    enum Content: Sendable, Equatable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    /// What the value is.
    var content: Content
    /// Where it begins.
    var place: ConfigurationPlace

    /// The entries, if the value is a mapping.
    var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The elements, if the value is a sequence.
    var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The scalar, if the value is one.
    var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// Whether the value is YAML's null: nothing, `~` or `null`.
    var isNull: Bool { scalar?.isNull ?? false }

    /// The value of a mapping's key; nil for a value that is no mapping.
    subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }

    /// The value in an error's words.
    var summary: String {
        switch content {
        case .scalar(let scalar): scalar.summary
        case .sequence(let elements): "a list of \(elements.count)"
        case .mapping(let entries) where entries.isEmpty: "an empty mapping"
        case .mapping(let entries):
            "a mapping with the keys " + entries.prefix(5).map(\.key).joined(separator: ", ")
                + (entries.count > 5 ? ", …" : "")
        }
    }
}

/// A key of a mapping and its value.
struct YAMLEntry: Sendable, Equatable {
    var key: String
    /// Where the key begins.
    var place: ConfigurationPlace
    var value: YAMLNode
}
