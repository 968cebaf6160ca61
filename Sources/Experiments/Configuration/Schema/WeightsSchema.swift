import KerasFiles

extension ModelConfiguration.Weights {
    var node: YAMLNode {
        switch self {
        case .random: .text("none")
        case .file(let path, let options) where options == ImportOptions(): .text(path)
        case .file(let path, let options):
            .section([
                "file": .text(path),
                "match": (options.match?.rawValue).map(YAMLNode.text),
                "rename": options.rename.isEmpty ? nil : .names(options.rename),
                "only": options.only.isEmpty ? nil : .list(options.only.map(YAMLNode.text)),
                "except": options.except.isEmpty ? nil : .list(options.except.map(YAMLNode.text)),
            ])
        }
    }
}

extension Field<ModelConfiguration.Weights> {
    /// A path, `none`, or a path with how the file's layers become the network's.
    static var weights: Field {
        let expected = "the path of a Keras file, 'none' for random weights, or a mapping with 'file'"
        let path = Field<String>.text(expected).map { $0 == "none" ? Value.random : .file($0) }
        let mapping = Field.section(expected) { section in
            let file = section.required(
                "file",
                as: .path("a Keras file").checked {
                    $0 == "none" ? "random weights are written 'weights: none'" : nil
                })
            return .file(file, ImportOptions(reading: &section))
        }
        return Field(expected, placeholder: .random) { cursor in
            cursor.node.entries == nil && cursor.elements == nil ? path.read(cursor) : mapping.read(cursor)
        }
    }
}

extension ImportOptions {
    fileprivate init(reading section: inout Section) {
        self.init(
            match: section.optional("match", as: .choice),
            rename: section.optional("rename", as: .renaming, default: [:]),
            only: section.optional("only", as: .patterns, default: []),
            except: section.optional("except", as: .patterns, default: []))
        if match == .order, !rename.isEmpty {
            section.reportContradiction("'rename' has no meaning with 'match: order', which ignores names")
        }
    }
}

extension Field<[String]> {
    /// Layers by their names or groups; one may stand for a list of one.
    fileprivate static var patterns: Field {
        let pattern = Field<String>.text("a layer's name, which may have '*' in it, or a layer group")
        let list = Field.list(of: pattern, "a list of layers' names or layer groups", atLeast: 1)
        return Field(list.expected, placeholder: []) { cursor in
            cursor.node.scalar == nil ? list.read(cursor) : pattern.read(cursor).map { [$0] }
        }
    }
}

extension Field<[String: String]> {
    /// The network's names of layers by the file's.
    fileprivate static var renaming: Field {
        let expected = "a mapping of the file's layers to the network's"
        return Field(expected, placeholder: [:]) { cursor in
            guard let entries = cursor.node.entries else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            var names: [String: String] = [:]
            let name = Field<String>.text("the name of one of the network's layers")
            for entry in entries {
                guard let value = name.read(cursor.entry(entry.key, entry.value)) else { return nil }
                names[entry.key] = value
            }
            return names
        }
    }
}
