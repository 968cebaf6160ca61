import Layers
import Tensors

/// What would become of an import: every layer of the network and of the file, with its arrays' shapes.
public struct ImportCheck: Sendable, Equatable {
    /// What would become of a layer.
    public enum Status: String, Sendable, Encodable, CaseIterable {
        /// The file has it with all its arrays and shapes.
        case matched
        /// The file has it with other arrays or shapes.
        case mismatched
        /// The file does not have it.
        case missing
        /// The file has several of its name, and nothing tells which is meant.
        case ambiguous
        /// It was not asked for: ``ImportOptions/only`` and ``ImportOptions/except``.
        case excluded
        /// The file has it, and the network does not.
        case unexpected
    }

    /// An array as the network needs it and as the file has it; nil where it is not there.
    public struct Array: Sendable, Equatable, Encodable {
        /// The network's name for it, or the file's where the network has none.
        public let name: String
        /// The shape that the network needs.
        public let expected: [Int]?
        /// The shape that the file has.
        public let found: [Int]?
    }

    /// A layer.
    public struct Layer: Sendable, Equatable, Encodable {
        /// The network's name for it, or the file's where the network has none.
        public let name: String
        /// Where it is in the file.
        public let path: String?
        /// What the file calls it, where that is something else.
        public let storedName: String?
        /// What would become of it.
        public let status: Status
        /// Its arrays, in Keras's order.
        public let arrays: [Array]
    }

    /// The file.
    public let file: String
    /// The network's name.
    public let network: String
    /// How the layers were told apart.
    public let matching: ImportReport.Matching
    /// The network's layers with arrays, in Keras's order, and then those that only the file has.
    public let layers: [Layer]

    /// How many layers have a status.
    public func count(_ status: Status) -> Int { layers.count { $0.status == status } }

    /// Whether everything that is asked for would be imported.
    public var fits: Bool {
        [.mismatched, .missing, .ambiguous].allSatisfy { count($0) == 0 } && count(.matched) > 0
    }
}

extension WeightsFile {
    /// Says what an import would do, without reading an array; what does not fit is told, not thrown.
    ///
    /// The parameters are those of ``parameters(for:importing:options:hint:)``.
    /// - Throws: ``KerasFileError/importOptions(file:problems:)``
    public func check(
        for network: Network, importing isImported: (Network.Node) -> Bool = { _ in true },
        options: ImportOptions = ImportOptions()
    ) throws(KerasFileError) -> ImportCheck {
        let layers = LayerMatching(
            self, network, importing: isImported, options: options, suggestsNames: false)
        try layers.checkOptions()
        return layers.checked()
    }
}

extension LayerMatching {
    fileprivate func checked() -> ImportCheck {
        let (pairs, matching, problems) = match()
        let others = excludedPairs()
        let found = Dictionary(
            (pairs + others).map { ($0.node.name, $0.layer) }, uniquingKeysWith: { first, _ in first })
        let status = Self.statuses(problems).merging(excluded.map { ($0, .excluded) }) { $1 }
        let used = Set((pairs + others).map(\.layer.path))
        let own = importable.map { node, _ in
            ImportCheck.Layer(node, found[node.name], status[node.name] ?? .matched)
        }
        return ImportCheck(
            file: file.path, network: network.name, matching: matching,
            layers: own + stored.filter { !used.contains($0.path) }.map(ImportCheck.Layer.init(unexpected:)))
    }

    private static func statuses(_ problems: [ImportProblem]) -> [String: ImportCheck.Status] {
        var statuses: [String: ImportCheck.Status] = [:]
        for problem in problems {
            statuses[problem.layer] =
                switch problem {
                case .missingLayer: .missing
                case .ambiguousLayer: .ambiguous
                case .arrays, .shape: .mismatched
                }
        }
        return statuses
    }
}

extension ImportCheck.Layer {
    fileprivate init(_ node: Network.Node, _ stored: StoredLayer?, _ status: ImportCheck.Status) {
        name = node.name
        path = stored?.path
        storedName = stored.flatMap { $0.name == node.name ? nil : $0.name }
        self.status = status
        let ordered = stored.map { ArrayMatching(node: node, layer: $0).ordered().arrays } ?? []
        // Arrays that cannot be told apart stand side by side as they come.
        let found = ordered.isEmpty ? stored?.arrays ?? [] : ordered
        arrays = (0..<max(node.parameters.count, found.count)).map { index in
            let spec = node.parameters.indices.contains(index) ? node.parameters[index] : nil
            let array = found.indices.contains(index) ? found[index] : nil
            return .init(
                name: spec?.name ?? array?.name ?? "", expected: spec?.shape.dimensions,
                found: array?.shape.dimensions)
        }
    }

    fileprivate init(unexpected layer: StoredLayer) {
        name = layer.name
        path = layer.path
        storedName = nil
        status = .unexpected
        arrays = layer.arrays.map { .init(name: $0.name, expected: nil, found: $0.shape.dimensions) }
    }
}
