extension YAMLScalar {
    /// Text, in quotes where it would otherwise be taken for something else: by YAML 1.2, or by readers of
    /// YAML 1.1, to whom `no` is a boolean.
    package static func text(_ text: String) -> YAMLScalar {
        let plain = YAMLScalar(text: text, isQuoted: false)
        let isOldBoolean = ["y", "n", "yes", "no", "on", "off"].contains(text.lowercased())
        return YAMLScalar(text: text, isQuoted: !plain.isText || isOldBoolean || text == "<<")
    }
}

extension YAMLNode {
    /// A mapping to be written, without the keys whose value is nil.
    package static func section(_ entries: KeyValuePairs<String, YAMLNode?>) -> YAMLNode {
        section(joining: [entries])
    }

    /// A mapping to be written, its entries in several parts.
    static func section(joining parts: [KeyValuePairs<String, YAMLNode?>]) -> YAMLNode {
        written(
            .mapping(
                parts.joined().compactMap { key, value in
                    value.map { YAMLEntry(key: key, place: .written, value: $0) }
                }))
    }

    /// A mapping of names to names to be written, in the alphabet's order.
    package static func names(_ names: [String: String]) -> YAMLNode {
        sorted(names.mapValues(YAMLNode.text))
    }

    /// A mapping whose keys are anybody's to be written, in the alphabet's order.
    package static func sorted(_ entries: [String: YAMLNode]) -> YAMLNode {
        written(
            .mapping(
                entries.sorted { $0.key < $1.key }.map {
                    YAMLEntry(key: $0.key, place: .written, value: $0.value)
                }))
    }

    /// A list to be written.
    package static func list(_ elements: [YAMLNode]) -> YAMLNode { written(.sequence(elements)) }

    /// Text to be written.
    package static func text(_ text: String) -> YAMLNode { written(.scalar(.text(text))) }

    /// A number or a boolean to be written; Swift's spelling is YAML's too.
    package static func plain(_ value: some CustomStringConvertible) -> YAMLNode {
        written(.scalar(YAMLScalar(text: value.description, isQuoted: false)))
    }

    private static func written(_ content: Content) -> YAMLNode {
        YAMLNode(content: content, place: .written)
    }
}
