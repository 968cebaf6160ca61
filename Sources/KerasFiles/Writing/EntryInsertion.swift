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
    /// The layers that others take from in place of a layer of the model.
    private var replacements: [Int: Int] = [:]
    /// The inserted layers that take what a layer of the model gives out all the same.
    private var following: Set<Int> = []
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

    /// Puts layers behind a layer of the model, each called as often as that one, so that whatever took from a call of
    /// it takes from the same call of the last of them.
    /// - Parameters:
    ///   - nodes: the layers one behind the other, each with what is put in front of it.
    ///   - position: the layer of the model.
    ///   - callCount: how often it is called.
    mutating func add(
        _ nodes: [(node: Network.Node, permutation: Network.Node?)], behind position: Int, callCount: Int,
        isTrainable: Bool
    ) {
        var last = position
        for node in nodes.flatMap({ [$0.permutation, $0.node] }).compactMap(\.self) {
            let calls = (0..<callCount).map { call in
                ModelTree.Call(
                    inputs: [ModelTree.Source(entry: last, call: call, output: 0)], training: nil)
            }
            let entry = ModelTree.Entry(
                name: KerasNames.withoutSlash(node.name), isTrainable: isTrainable, content: .layer(node),
                calls: calls)
            entries.append((entry, position + 1))
            last = count + entries.count - 1
            following.insert(last)
        }
        replacements[position] = last
    }

    /// A model with the layers in it: as a `Sequential` wants them, in front of those that take from them.
    func applied(to tree: ModelTree) -> ModelTree {
        guard !entries.isEmpty else { return tree }
        let order = (0...count).flatMap { position in
            // Those behind a layer come before those in front of the next one.
            let here = entries.indices.filter { entries[$0].before == position }.map { count + $0 }
            return here.filter(following.contains) + here.filter { !following.contains($0) }
                + (position < count ? [position] : [])
        }
        let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        func moved(_ source: ModelTree.Source, isFollowing: Bool = false) -> ModelTree.Source {
            let entry = isFollowing ? source.entry : replacements[source.entry] ?? source.entry
            return ModelTree.Source(entry: positions[entry] ?? 0, call: source.call, output: source.output)
        }
        let all = tree.entries + entries.map(\.entry)
        // Names are those of the network, where the model's own layers may have others.
        var used: Set<String> = []
        let names = all.map { entry in
            var name = entry.name
            while !used.insert(name).inserted { name += "_" }
            return name
        }
        return ModelTree(
            name: tree.name, isSequential: tree.isSequential, isTrainable: tree.isTrainable,
            entries: order.map { number in
                let (entry, isFollowing) = (all[number], following.contains(number))
                return ModelTree.Entry(
                    name: names[number], isTrainable: entry.isTrainable, content: entry.content,
                    calls: entry.calls.map { call in
                        ModelTree.Call(
                            inputs: call.inputs.map { moved($0, isFollowing: isFollowing) },
                            training: call.training)
                    })
            },
            inputs: tree.inputs.map { moved($0) }, outputs: tree.outputs.map { moved($0) })
    }
}
