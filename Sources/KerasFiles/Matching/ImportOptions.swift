import Layers

/// Which layers are imported from a file, and how they are found in it.
public struct ImportOptions: Sendable, Equatable {
    /// How the layers of a file are told apart.
    public enum Match: String, Sendable, CaseIterable {
        /// By their names, and by nothing else.
        case name
        /// By their order among the layers that have arrays, whatever they are called.
        case order
    }

    /// How layers are told apart; nil for by name, and where the file has no fitting names, by class and
    /// order.
    public var match: Match?
    /// The network's names of layers that the file calls otherwise, by the file's names or paths.
    public var rename: [String: String]
    /// What is imported, by ``LayerPattern``s; everything if empty.
    public var only: [String]
    /// What of it is not imported, by ``LayerPattern``s.
    public var except: [String]

    /// Everything is imported by name, if nothing else is said.
    public init(
        match: Match? = nil, rename: [String: String] = [:], only: [String] = [], except: [String] = []
    ) {
        self.match = match
        self.rename = rename
        self.only = only
        self.except = except
    }

    /// Whether a part of the network is left out.
    var isPartial: Bool { !only.isEmpty || !except.isEmpty }

    /// Whether a layer is imported.
    func includes(_ node: Network.Node) -> Bool {
        (only.isEmpty || only.contains { LayerPattern($0).matches(node) })
            && !except.contains { LayerPattern($0).matches(node) }
    }
}

extension LayerPattern {
    /// Whether a layer is meant, by its name or its group.
    func matches(_ node: Network.Node) -> Bool { node.group == text || matches(node.name) }

    /// What may have been meant, where nothing is.
    func nearest(among nodes: [Network.Node]) -> [String] {
        let groups = nodes.map(\.group).filter { !$0.isEmpty }
        return nearest(among: Set(groups + nodes.map(\.name)))
    }
}
