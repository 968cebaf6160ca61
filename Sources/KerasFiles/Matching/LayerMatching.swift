import Layers
import Tensors
import Wording

/// Finds the layers of a file that belong to layers of a network.
struct LayerMatching {
    /// A layer of the network and the file's layer that has its arrays.
    typealias Pair = (node: Network.Node, layer: StoredLayer)

    let file: WeightsFile
    let network: Network
    let options: ImportOptions
    /// The layers that have arrays and could be imported, in Keras's order.
    let importable: [(node: Network.Node, key: String)]
    /// Those of them that are to be imported.
    let wanted: [(node: Network.Node, key: String)]
    /// The file's layers that have arrays.
    private(set) var stored: [StoredLayer]

    /// Whether problems say what a missing layer may be called instead, which takes some time.
    private let suggestsNames: Bool

    init(
        _ file: WeightsFile, _ network: Network, importing isImported: (Network.Node) -> Bool = { _ in true },
        options: ImportOptions = ImportOptions(), suggestsNames: Bool = true
    ) {
        self.suggestsNames = suggestsNames
        self.file = file
        self.network = network
        self.options = options
        importable = network.countedNodes.filter { !$0.node.parameters.isEmpty && isImported($0.node) }
        wanted = importable.filter { options.includes($0.node) }
        stored = file.namedLayers.filter { !$0.arrays.isEmpty }
    }

    /// The names of the layers that could be imported and are not wanted.
    var excluded: Set<String> {
        Set(importable.map(\.node.name)).subtracting(wanted.map(\.node.name))
    }

    /// What the file has of the layers that are not wanted.
    func excludedPairs() -> [Pair] {
        guard options.isPartial else { return [] }
        var whole = options
        (whole.only, whole.except) = ([], [])
        let (names, excluded) = (Set(importable.map(\.node.name)), excluded)
        let matching = LayerMatching(
            file, network, importing: { names.contains($0.name) }, options: whole, suggestsNames: false)
        return matching.match().pairs.filter { excluded.contains($0.node.name) }
    }

    /// The pairs, how they were found, and what is wrong with the best way there is.
    ///
    /// Files of Keras 1 and Theano do not say that their kernels are `[out, in, H, W]`; where the shapes tell, the
    /// arrays are taken so.
    func match() -> (pairs: [Pair], matching: ImportReport.Matching, problems: [ImportProblem]) {
        let match = matchAsStored()
        guard TheanoKernels.areTransposed(match.problems) else { return match }
        var theano = self
        theano.stored = stored.map(ArrayOrder.theano.applied)
        let second = theano.matchAsStored()
        let pairs = second.pairs.map { pair in
            (
                pair.node,
                TheanoKernels.order(of: pair.node, in: network)?.applied(to: pair.layer) ?? pair.layer
            )
        }
        return second.problems.count < match.problems.count
            ? (pairs, second.matching, second.problems) : match
    }

    private func matchAsStored() -> (
        pairs: [Pair], matching: ImportReport.Matching, problems: [ImportProblem]
    ) {
        if options.match == .order {
            let (pairs, problems) = byGivenOrder()
            return (pairs, .byGivenOrder, problems)
        }
        let (pairs, problems) = byName()
        // Whoever says names means them.
        if problems.isEmpty || options.match == .name || !options.rename.isEmpty {
            return (pairs, .byName, problems)
        }
        if let pairs = byClassAndCounter() { return (pairs, .byClassAndCounter, []) }
        if let pairs = byOrder() { return (pairs, .byOrder, []) }
        return (pairs, .byName, problems)
    }

    private func byName() -> (pairs: [Pair], problems: [ImportProblem]) {
        let renamed = stored.filter { newName(of: $0) != nil }
        let targets = Dictionary(grouping: renamed, by: { newName(of: $0)! })
        let stored = stored.filter { newName(of: $0) == nil }
        let names = Dictionary(grouping: stored, by: \.name)
        // The variables' scope counts only where the layer's own name means nothing to the network.
        let known = Set(network.nodes.map(\.name))
        let aliases = Dictionary(
            grouping: stored.filter { $0.alias != nil && !known.contains($0.name) }, by: { $0.alias! })
        var pairs: [Pair] = []
        var problems: [ImportProblem] = []
        for (node, _) in wanted {
            let candidates = targets[node.name] ?? names[node.name] ?? aliases[node.name] ?? []
            switch choose(for: node, among: candidates) {
            case .success(let layer):
                pairs.append((node, layer))
                problems += ArrayMatching(node: node, layer: layer).ordered().problems
            case .failure(let problem): problems.append(problem.problem)
            }
        }
        return (pairs, problems)
    }

    /// What the options call a layer of the file; nil for what the file calls it.
    private func newName(of layer: StoredLayer) -> String? {
        options.rename[layer.name] ?? options.rename[layer.path]
            ?? options.rename[String(layer.path.drop { $0 == "/" })]
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
        guard !wanted.isEmpty, importable.count <= stored.count else { return nil }
        let pairs = zip(importable, stored).map { Pair(node: $0.node, layer: $1) }
        let chosen = pairs.filter { options.includes($0.node) }
        return namesAgree(pairs) && shapesAgree(chosen) ? chosen : nil
    }

    /// The sequence of layers, because the options say so: names are not looked at.
    private func byGivenOrder() -> (pairs: [Pair], problems: [ImportProblem]) {
        let pairs = zip(importable, stored).map { Pair(node: $0.node, layer: $1) }
            .filter { options.includes($0.node) }
        let missing = importable.dropFirst(stored.count).map(\.node).filter(options.includes)
        let problems = pairs.flatMap { ArrayMatching(node: $0.node, layer: $0.layer).ordered().problems }
        return (
            pairs,
            problems
                + missing.map { .missingLayer($0.name, className: $0.layer.className, nearest: []) }
        )
    }

    private func agree(_ pairs: [Pair]) -> Bool { namesAgree(pairs) && shapesAgree(pairs) }

    private func shapesAgree(_ pairs: [Pair]) -> Bool {
        pairs.allSatisfy { ArrayMatching(node: $0.node, layer: $0.layer).fits }
    }

    /// Whether names differ only where that means nothing.
    ///
    /// It means nothing where Keras makes up such names for the class, and where one layer in ten or fewer
    /// was renamed between others that were not: Keras's published ResNet files call `predictions` `probs`.
    private func namesAgree(_ pairs: [Pair]) -> Bool {
        func isSame(_ index: Int) -> Bool { pairs[index].node.name == pairs[index].layer.name }
        let renamed = pairs.indices.filter { index in
            let (node, layer) = pairs[index]
            return !isSame(index) && !CountedName(layer.name).isAutomatic(for: node.layer.className)
        }
        return renamed.count <= pairs.count / 10
            && renamed.allSatisfy {
                $0 > 0 && isSame($0 - 1) && ($0 + 1 == pairs.count || isSame($0 + 1))
            }
    }

    /// Whether the file has models within the model, whose counters begin anew.
    private var isNested: Bool { Set(stored.map { $0.path.split(separator: "/").dropLast() }).count > 1 }
}
