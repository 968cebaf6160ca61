/// A value that is given instead of the file's: on the command line, by `--set training.stages.0.epochs=3`, or by
/// a sweep.
package struct Override {
    /// The text after `--set`; the keys alone, where they were not given there.
    private let text: String
    private let path: [String]
    private let value: YAMLNode
    private let place: ConfigurationPlace

    /// A value for a path of keys, list elements counted from 0: `training.stages.0.epochs`.
    /// - Parameter place: what errors name as where it was given.
    package init(_ value: YAMLNode, at keys: String, place: ConfigurationPlace) throws(ConfigurationError) {
        (text, self.place) = (keys, place)
        path = Self.path(keys)
        self.value = YAMLNode(content: value.content, place: place)
        try check(keys)
    }

    /// Reads an override; its value is YAML.
    init(_ text: String) throws(ConfigurationError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw .override(text, reason: "expected key=value, such as training.stages.0.epochs=3")
        }
        self.text = text
        place = .override(text)
        path = Self.path(parts[0])
        value = try YAMLComposer.compose(Array(parts[1].utf8)) { _, _ in .override(text) }
        try check(parts[0])
    }

    /// Errors write `stages[0]`, so that is understood, too.
    private static func path(_ keys: some StringProtocol) -> [String] {
        String(keys).replacing("[", with: ".").replacing("]", with: "").split(
            separator: ".", omittingEmptySubsequences: false
        ).map(String.init)
    }

    private func check(_ keys: some StringProtocol) throws(ConfigurationError) {
        guard !path.contains(""), path.count <= YAMLComposer.depthLimit else {
            throw problem("expected keys with a '.' between them, found '\(keys)'")
        }
    }

    private func problem(_ reason: String) -> ConfigurationError {
        if case .override = place { return .override(text, reason: reason) }
        return .contradiction(at: place, path: text, reason: reason)
    }

    /// The document with the value in its place. Whether the schema knows the key shows when it is read.
    package func applied(to document: YAMLNode) throws(ConfigurationError) -> YAMLNode {
        try replaced(in: document, path[...], at: "")
    }

    private func replaced(
        in node: YAMLNode, _ rest: ArraySlice<String>, at parent: String
    ) throws(ConfigurationError) -> YAMLNode {
        guard let key = rest.first else { return value }
        if let elements = node.elements {
            return try replaced(in: node, elements, key, rest.dropFirst(), at: parent)
        }
        if node.scalar != nil, !node.isNull, let written = ShortForm.written(out: node, at: parent) {
            return try replaced(in: written, rest, at: parent)
        }
        guard let entries = node.entries ?? (node.isNull ? [] : nil) else {
            let reason = "'\(parent)' is \(node.summary) and has no '\(key)'; set '\(parent)' as a whole"
            throw problem(reason)
        }
        var result = node.entries == nil ? YAMLNode(content: .mapping([]), place: place) : node
        let path = parent.isEmpty ? key : "\(parent).\(key)"
        let old = node[key] ?? YAMLNode(content: .mapping([]), place: place)
        let new = YAMLEntry(
            key: key, place: place, value: try replaced(in: old, rest.dropFirst(), at: path))
        let index = entries.firstIndex { $0.key == key }
        result.content = .mapping(
            index.map { entries[..<$0] + [new] + entries[($0 + 1)...] } ?? entries + [new])
        return result
    }

    private func replaced(
        in node: YAMLNode, _ elements: [YAMLNode], _ key: String, _ rest: ArraySlice<String>,
        at parent: String
    ) throws(ConfigurationError) -> YAMLNode {
        guard let index = Int(key), elements.indices.contains(index) else {
            throw problem(
                "'\(parent)' is \(node.summary); expected a number "
                    + (elements.isEmpty ? "of an element" : "from 0 to \(elements.count - 1)")
                    + ", found '\(key)'")
        }
        var (result, elements) = (node, elements)
        elements[index] = try replaced(in: elements[index], rest, at: "\(parent)[\(index)]")
        result.content = .sequence(elements)
        return result
    }
}
