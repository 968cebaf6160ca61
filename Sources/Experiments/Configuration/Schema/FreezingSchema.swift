import Training

extension Freezing {
    init(reading section: inout Section) {
        let frozen = section.optional("freeze", as: .frozen)
        let trained = section.optional("unfreeze", as: .trained)
        if let freeze = section["freeze"], let unfreeze = section["unfreeze"] {
            (freeze.node.place.comes(after: unfreeze.node.place) ? freeze : unfreeze)
                .reportContradiction("expected either 'freeze' or 'unfreeze', found both")
        }
        self = trained.map(Freezing.unfreeze) ?? .freeze(frozen ?? .selection(.none))
    }

    var key: String {
        switch self {
        case .freeze: "freeze"
        case .unfreeze: "unfreeze"
        }
    }

    var choice: LayerChoice {
        switch self {
        case .freeze(let choice), .unfreeze(let choice): choice
        }
    }
}

extension Field<LayerChoice> {
    private static var forms: String {
        "'backbone', 'head', a layer group, a list of layer groups, {through: group or layer}, "
            + "{from: group or layer} or {layers: names with * and ?}"
    }

    /// What stays as it is; not everything, or there were nothing to train.
    fileprivate static var frozen: Field {
        layers("'none', \(forms)", not: "all", because: "with all layers frozen, there is nothing to train")
    }

    /// What is trained; something, at least.
    fileprivate static var trained: Field {
        layers("'all', \(forms)", not: "none", because: "with no layer trained, nothing would change")
    }

    private static func layers(_ expected: String, not excluded: String, because reason: String) -> Field {
        let group = Field<String>.text("the name of a layer group").checked { name in
            reserved.contains(name) ? "'\(name)' cannot be one of several layer groups" : nil
        }
        return Field(expected, placeholder: .backbone) { cursor in
            if cursor.elements != nil {
                return Field<[String]>.list(of: group, "a list of layer groups", atLeast: 1).read(cursor)
                    .map { .selection(.groups($0)) }
            }
            if cursor.node.entries != nil { return Field.byName(group).read(cursor) }
            guard let name = Field<String>.text(expected).read(cursor) else { return nil }
            guard name != excluded else {
                cursor.reportOutOfRange(expected: expected, hint: reason)
                return nil
            }
            return LayerChoice(name)
        }
    }

    private static func byName(_ name: Field<String>) -> Field {
        .section { section in
            guard let given = section.exactlyOne(of: ["through", "from", "layers"]) else { return .backbone }
            switch given.key {
            case "through": return .selection(.through(name.read(given) ?? ""))
            case "from": return .selection(.from(name.read(given) ?? ""))
            default: return .selection(.matching(Field<[String]>.layerPatterns.read(given) ?? []))
            }
        }
    }

    private static var reserved: [String] { ["none", "all", "backbone"] }
}

extension Field<[String]> {
    /// Names of layers, with `*` and `?`; one may stand for a list of one.
    fileprivate static var layerPatterns: Field {
        let pattern = Field<String>.text("a layer's name, which may have '*' and '?' in it")
        let list = Field.list(of: pattern, "a list of layers' names", atLeast: 1)
        return Field(list.expected, placeholder: []) { cursor in
            cursor.node.scalar == nil ? list.read(cursor) : pattern.read(cursor).map { [$0] }
        }
    }
}

extension LayerChoice {
    fileprivate init(_ name: String) {
        switch name {
        case "none": self = .selection(.none)
        case "all": self = .selection(.all)
        case "backbone": self = .backbone
        case "head": self = .head
        default: self = .selection(.groups([name]))
        }
    }

    var node: YAMLNode {
        switch self {
        case .backbone: .text("backbone")
        case .head: .text("head")
        case .selection(.none): .text("none")
        case .selection(.all): .text("all")
        case .selection(.groups(let names)): .list(names.map(YAMLNode.text))
        case .selection(.matching(let patterns)): .section(["layers": .list(patterns.map(YAMLNode.text))])
        case .selection(.through(let name)): .section(["through": .text(name)])
        case .selection(.from(let name)): .section(["from": .text(name)])
        }
    }
}
