import Layers
import Tensors

/// Finds the layers of a file that belong to layers of a network.
struct LayerMatching {
    /// A layer of the network and the file's layer that has its arrays.
    typealias Pair = (node: Network.Node, layer: StoredLayer)

    let file: WeightsFile
    let network: Network
    /// The layers that have arrays and are to be imported, in Keras's order.
    private let wanted: [(node: Network.Node, key: String)]
    /// The file's layers that have arrays.
    private let stored: [StoredLayer]

    /// Whether problems say what a missing layer may be called instead, which takes some time.
    private let suggestsNames: Bool

    init(
        _ file: WeightsFile, _ network: Network, importing isImported: (Network.Node) -> Bool = { _ in true },
        suggestsNames: Bool = true
    ) {
        self.suggestsNames = suggestsNames
        self.file = file
        self.network = network
        wanted = network.countedNodes.filter { !$0.node.parameters.isEmpty && isImported($0.node) }
        stored = file.layers.filter { !$0.arrays.isEmpty }
    }

    /// The pairs, how they were found, and what is wrong with the best way there is.
    func match() -> (pairs: [Pair], matching: ImportReport.Matching, problems: [ImportProblem]) {
        let (pairs, problems) = byName()
        if problems.isEmpty { return (pairs, .byName, []) }
        if let pairs = byClassAndCounter() { return (pairs, .byClassAndCounter, []) }
        if let pairs = byOrder() { return (pairs, .byOrder, []) }
        return (pairs, .byName, problems)
    }

    private func byName() -> (pairs: [Pair], problems: [ImportProblem]) {
        let names = Dictionary(grouping: stored, by: \.name)
        // The variables' scope counts only where the layer's own name means nothing to the network.
        let known = Set(network.nodes.map(\.name))
        let aliases = Dictionary(
            grouping: stored.filter { $0.alias != nil && !known.contains($0.name) }, by: { $0.alias! })
        var pairs: [Pair] = []
        var problems: [ImportProblem] = []
        for (node, _) in wanted {
            switch choose(for: node, among: names[node.name] ?? aliases[node.name] ?? []) {
            case .success(let layer):
                pairs.append((node, layer))
                problems += ArrayMatching(node: node, layer: layer).ordered().problems
            case .failure(let problem): problems.append(problem.problem)
            }
        }
        return (pairs, problems)
    }

    private func choose(
        for node: Network.Node, among candidates: [StoredLayer]
    ) -> Result<StoredLayer, NotFound> {
        if candidates.count == 1 { return .success(candidates[0]) }
        let fitting = candidates.filter { ArrayMatching(node: node, layer: $0).fits }
        if fitting.count == 1 { return .success(fitting[0]) }
        let problem: ImportProblem =
            candidates.isEmpty
            ? .missingLayer(
                node.name, className: node.layer.className,
                nearest: suggestsNames ? nearestNames(to: node.name, among: stored.map(\.name)) : [])
            : .ambiguousLayer(node.name, paths: candidates.map(\.path))
        return .failure(NotFound(problem: problem))
    }

    private struct NotFound: Error { let problem: ImportProblem }

    /// Keras 3's own way: the file's keys are classes with counters.
    private func byClassAndCounter() -> [Pair]? {
        guard [.keras3Weights, .kerasArchive].contains(file.format), !isNested else { return nil }
        let keys = Dictionary(stored.map { (CountedName(path: $0.path), $0) }, uniquingKeysWith: { $1 })
        let pairs: [Pair] = wanted.compactMap { node, key in
            keys[CountedName(key)].map { (node, $0) }
        }
        return pairs.count == wanted.count && agree(pairs) ? pairs : nil
    }

    /// The sequence of layers, which must be that of the network from its first layer on.
    private func byOrder() -> [Pair]? {
        guard !wanted.isEmpty, wanted.count <= stored.count else { return nil }
        let pairs = zip(wanted, stored).map { Pair(node: $0.node, layer: $1) }
        return agree(pairs) ? pairs : nil
    }

    /// Whether all shapes fit, and names differ only where that means nothing.
    ///
    /// It means nothing where Keras makes up such names for the class, and where one layer in ten or fewer
    /// was renamed between others that were not: Keras's published ResNet files call `predictions` `probs`.
    private func agree(_ pairs: [Pair]) -> Bool {
        func isSame(_ index: Int) -> Bool { pairs[index].node.name == pairs[index].layer.name }
        let renamed = pairs.indices.filter { index in
            let (node, layer) = pairs[index]
            return !isSame(index) && !CountedName(layer.name).isAutomatic(for: node.layer.className)
        }
        return renamed.count <= pairs.count / 10
            && renamed.allSatisfy {
                $0 > 0 && isSame($0 - 1) && ($0 + 1 == pairs.count || isSame($0 + 1))
            }
            && pairs.allSatisfy { ArrayMatching(node: $0.node, layer: $0.layer).fits }
    }

    /// Whether the file has models within the model, whose counters begin anew.
    private var isNested: Bool { Set(stored.map { $0.path.split(separator: "/").dropLast() }).count > 1 }
}
