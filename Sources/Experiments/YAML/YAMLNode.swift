/// A value of a YAML document that knows where it stands; aliases and merge keys are already followed.
package struct YAMLNode: Sendable, Equatable {
    /// What the value is.
    package enum Content: Sendable, Equatable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    /// What the value is.
    package var content: Content
    /// Where it begins.
    package var place: ConfigurationPlace

    /// A value.
    package init(content: Content, place: ConfigurationPlace) {
        self.content = content
        self.place = place
    }

    /// The entries, if the value is a mapping.
    package var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The elements, if the value is a sequence.
    package var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The scalar, if the value is one.
    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// Whether the value is YAML's null: nothing, `~` or `null`.
    package var isNull: Bool { scalar?.isNull ?? false }

    /// The value of a mapping's key; nil for a value that is no mapping.
    package subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }

    /// The value in an error's words.
    package var summary: String {
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
package struct YAMLEntry: Sendable, Equatable {
    package var key: String
    /// Where the key begins.
    package var place: ConfigurationPlace
    package var value: YAMLNode

    /// An entry.
    package init(key: String, place: ConfigurationPlace, value: YAMLNode) {
        self.key = key
        self.place = place
        self.value = value
    }
}
