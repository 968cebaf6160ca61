import Layers

/// Puts layers of the network that a model did not have between the model's own.
struct EntryInsertion {
    private struct Place: Hashable {
        let source: ModelTree.Source
        let name: String
    }

    /// How many layers the model has.
    private let count: Int
    private var entries: [(entry: ModelTree.Entry, before: Int)] = []
    private var numbers: [Place: Int] = [:]

    /// - Parameter count: how many layers the model has.
    init(count: Int) { self.count = count }

    /// Adds a layer that takes what another gives out; the same one, where it is there already.
    /// - Parameter position: the layer that it comes before.
    /// - Returns: what it gives out, in a numbering that ``applied(to:)`` makes the final one.
    mutating func add(
        _ node: Network.Node, behind source: ModelTree.Source, before position: Int
    ) -> ModelTree.Source {
        let place = Place(source: source, name: node.name)
        if let number = numbers[place] { return ModelTree.Source(entry: number, call: 0, output: 0) }
        let entry = ModelTree.Entry(
            name: KerasNames.withoutSlash(node.name), isTrainable: true, content: .layer(node),
            calls: [ModelTree.Call(inputs: [source], training: nil)])
        entries.append((entry, position))
        numbers[place] = count + entries.count - 1
        return ModelTree.Source(entry: count + entries.count - 1, call: 0, output: 0)
    }

    /// A model with the layers in it: as a `Sequential` wants them, in front of those that take from them.
    func applied(to tree: ModelTree) -> ModelTree {
        guard !entries.isEmpty else { return tree }
        let order = tree.entries.indices.flatMap { position in
            entries.indices.filter { entries[$0].before == position }.map { count + $0 } + [position]
        }
        let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        func moved(_ source: ModelTree.Source) -> ModelTree.Source {
            ModelTree.Source(
                entry: positions[source.entry] ?? 0, call: source.call, output: source.output)
        }
        let all = tree.entries + entries.map(\.entry)
        return ModelTree(
            name: tree.name, isSequential: tree.isSequential, isTrainable: tree.isTrainable,
            entries: order.map { all[$0] }.map { entry in
                ModelTree.Entry(
                    name: entry.name, isTrainable: entry.isTrainable, content: entry.content,
                    calls: entry.calls.map { call in
                        ModelTree.Call(inputs: call.inputs.map(moved), training: call.training)
                    })
            },
            inputs: tree.inputs.map(moved), outputs: tree.outputs.map(moved))
    }
}
