/// A value that is given on the command line, by `--set training.stages.0.epochs=3`, instead of the file's.
struct Override {
    /// The text after `--set`.
    let text: String
    private let path: [String]
    private let value: YAMLNode

    /// Reads an override; its value is YAML.
    init(_ text: String) throws(ConfigurationError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw .override(text, reason: "expected key=value, such as training.stages.0.epochs=3")
        }
        self.text = text
        // Errors write `stages[0]`, so that is understood, too.
        path = parts[0].replacing("[", with: ".").replacing("]", with: "").split(
            separator: ".", omittingEmptySubsequences: false
        ).map(String.init)
        guard !path.contains(""), path.count <= YAMLComposer.depthLimit else {
            throw .override(text, reason: "expected keys with a '.' between them, found '\(parts[0])'")
        }
        value = try YAMLComposer.compose(Array(parts[1].utf8)) { _, _ in .override(text) }
    }

    /// The document with the value in its place. Whether the schema knows the key shows when it is read.
    func applied(to document: YAMLNode) throws(ConfigurationError) -> YAMLNode {
        try replaced(in: document, path[...], at: "")
    }

    private func replaced(
        in node: YAMLNode, _ rest: ArraySlice<String>, at parent: String
    ) throws(ConfigurationError) -> YAMLNode {
        guard let key = rest.first else { return value }
        if let elements = node.elements {
            return try replaced(in: node, elements, key, rest.dropFirst(), at: parent)
        }
        guard let entries = node.entries ?? (node.isNull ? [] : nil) else {
            let reason = "'\(parent)' is \(node.summary) and has no '\(key)'; set '\(parent)' as a whole"
            throw .override(text, reason: reason)
        }
        var result = node.entries == nil ? YAMLNode(content: .mapping([]), place: .override(text)) : node
        let path = parent.isEmpty ? key : "\(parent).\(key)"
        let old = node[key] ?? YAMLNode(content: .mapping([]), place: .override(text))
        let new = YAMLEntry(
            key: key, place: .override(text), value: try replaced(in: old, rest.dropFirst(), at: path))
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
            throw .override(
                text,
                reason: "'\(parent)' is \(node.summary); expected a number "
                    + (elements.isEmpty ? "of an element" : "from 0 to \(elements.count - 1)")
                    + ", found '\(key)'")
        }
        var (result, elements) = (node, elements)
        elements[index] = try replaced(in: elements[index], rest, at: "\(parent)[\(index)]")
        result.content = .sequence(elements)
        return result
    }
}
