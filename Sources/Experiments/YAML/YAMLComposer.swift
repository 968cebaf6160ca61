/// Builds the tree of a YAML document from its events.
///
/// Aliases are replaced by what they stand for and merge keys (`<<`, yaml.org/type/merge) by the entries
/// that they bring, within bounds: a few lines of aliases of aliases can stand for billions of values.
package struct YAMLComposer {
    /// How many values a document may have, with aliases followed.
    static let valueLimit = 100_000
    /// How deep values may be nested, with aliases followed.
    static let depthLimit = 64

    private let events: [YAMLEvent]
    private let place: (_ line: Int, _ column: Int) -> ConfigurationPlace
    private var position = 0
    private var valueCount = 0
    private var anchors: [String: Anchor] = [:]

    /// A value with what an alias to it costs.
    private struct Composed {
        var node: YAMLNode
        var count = 1
        var height = 1

        mutating func contain(_ child: Composed) {
            count += child.count
            height = max(height, 1 + child.height)
        }
    }

    private enum Anchor {
        case open
        case complete(Composed)
    }

    /// The tree of a text that has one document; null for a text without any.
    /// - Parameter place: makes of a line and a column what errors will name.
    package static func compose(
        _ text: [UInt8], place: @escaping (_ line: Int, _ column: Int) -> ConfigurationPlace
    ) throws(ConfigurationError) -> YAMLNode {
        let events: [YAMLEvent]
        do throws(YAMLSyntaxError) { events = try YAMLEvent.events(of: text) } catch {
            throw .syntax(at: place(error.line, error.column), reason: error.reason)
        }
        let starts = events.filter { $0.kind == .documentStart }
        guard starts.count < 2 else {
            throw .syntax(
                at: place(starts[1].line, starts[1].column), reason: "a second document begins; expected one")
        }
        guard !starts.isEmpty else {
            return YAMLNode(content: .scalar(YAMLScalar(text: "", isQuoted: false)), place: place(1, 1))
        }
        var composer = YAMLComposer(events.filter { $0.kind != .documentStart }, place)
        return try composer.value(depth: 1).node
    }

    private init(_ events: [YAMLEvent], _ place: @escaping (Int, Int) -> ConfigurationPlace) {
        self.events = events
        self.place = place
    }

    private mutating func value(depth: Int) throws(ConfigurationError) -> Composed {
        let event = next()
        if case .alias(let name) = event.kind { return try target(of: name, event, depth) }
        try spend(1, depth, event)
        if let anchor = event.anchor { anchors[anchor] = .open }
        let result =
            switch event.kind {
            case .scalar(let scalar): Composed(node: node(.scalar(try typed(scalar, event)), event))
            case .sequenceStart: try sequence(event, depth)
            default: try mapping(event, depth)
            }
        if let anchor = event.anchor { anchors[anchor] = .complete(result) }
        return result
    }

    private mutating func target(
        of name: String, _ event: YAMLEvent, _ depth: Int
    ) throws(ConfigurationError) -> Composed {
        switch anchors[name] {
        case nil: throw error(event, "'*\(name)' stands for nothing: there is no '&\(name)' before it")
        case .open: throw error(event, "'*\(name)' is part of what it stands for")
        case .complete(let target):
            try spend(target.count, depth + target.height - 1, event)
            return target
        }
    }

    private mutating func sequence(_ event: YAMLEvent, _ depth: Int) throws(ConfigurationError) -> Composed {
        try check(event, tag: "seq")
        var (result, elements) = (Composed(node: node(.sequence([]), event)), [YAMLNode]())
        while events[position].kind != .sequenceEnd {
            let element = try value(depth: depth + 1)
            result.contain(element)
            elements.append(element.node)
        }
        position += 1
        result.node.content = .sequence(elements)
        return result
    }

    private mutating func mapping(_ event: YAMLEvent, _ depth: Int) throws(ConfigurationError) -> Composed {
        try check(event, tag: "map")
        var result = Composed(node: node(.mapping([]), event))
        var (entries, merged) = ([YAMLEntry](), [YAMLEntry]())
        var lines: [String: Int] = [:]
        while events[position].kind != .mappingEnd {
            let keyEvent = events[position]
            let key = try key(depth)
            let value = try value(depth: depth + 1)
            result.contain(value)
            if let line = lines.updateValue(keyEvent.line, forKey: key.text) {
                throw error(keyEvent, "the key '\(key.text)' is already given in line \(line)")
            }
            if key.text == "<<", !key.isQuoted {
                merged = try mergedEntries(value.node, keyEvent)
            } else {
                entries.append(
                    YAMLEntry(
                        key: key.text, place: place(keyEvent.line, keyEvent.column), value: value.node))
            }
        }
        position += 1
        // What the mapping says itself stands, whatever is merged into it.
        result.node.content = .mapping(entries + merged.filter { lines[$0.key] == nil })
        return result
    }

    private mutating func key(_ depth: Int) throws(ConfigurationError) -> YAMLScalar {
        let event = events[position]
        guard let key = try value(depth: depth + 1).node.scalar else {
            throw error(event, "expected a simple key, found a list or a mapping")
        }
        return key
    }

    /// The entries that a merge key brings; of several mappings, the earlier ones stand.
    private func mergedEntries(
        _ value: YAMLNode, _ event: YAMLEvent
    ) throws(ConfigurationError) -> [YAMLEntry] {
        var (entries, seen) = ([YAMLEntry](), Set<String>())
        for source in value.elements ?? [value] {
            guard let more = source.entries else {
                throw error(event, "expected '<<' to be given a mapping or a list of mappings")
            }
            entries += more.filter { seen.insert($0.key).inserted }
        }
        return entries
    }

    private func typed(_ scalar: YAMLScalar, _ event: YAMLEvent) throws(ConfigurationError) -> YAMLScalar {
        var scalar = scalar
        switch event.tag {
        case nil: break
        case "!", Self.tag("str"): scalar.isQuoted = true
        case Self.tag("null"), Self.tag("bool"), Self.tag("int"), Self.tag("float"): scalar.isQuoted = false
        case let tag?: throw error(event, "the tag '\(tag)' is not known")
        }
        return scalar
    }

    private func check(_ event: YAMLEvent, tag: String) throws(ConfigurationError) {
        guard let found = event.tag, found != "!", found != Self.tag(tag) else { return }
        throw error(event, "the tag '\(found)' does not fit here")
    }

    private mutating func spend(_ count: Int, _ depth: Int, _ event: YAMLEvent) throws(ConfigurationError) {
        guard depth <= Self.depthLimit else {
            throw error(event, "values are nested more than \(Self.depthLimit) levels deep")
        }
        valueCount += count
        guard valueCount <= Self.valueLimit else {
            throw error(event, "there are more than \(Self.valueLimit) values, with aliases followed")
        }
    }

    private mutating func next() -> YAMLEvent {
        defer { position += 1 }
        return events[position]
    }

    private func node(_ content: YAMLNode.Content, _ event: YAMLEvent) -> YAMLNode {
        YAMLNode(content: content, place: place(event.line, event.column))
    }

    private func error(_ event: YAMLEvent, _ reason: String) -> ConfigurationError {
        .syntax(at: place(event.line, event.column), reason: reason)
    }

    private static func tag(_ name: String) -> String { "tag:yaml.org,2002:\(name)" }
}
