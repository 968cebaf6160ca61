import Layers
import Tensors

/// What runs that follow each other in a program have in common of their features: the frozen beginning of
/// the network is compiled and hashed once, and what the cache has of it is looked up once.
///
/// It remembers the last two beginnings. One thread at a time may use it.
public final class SharedFeatures {
    private struct Beginning {
        var layers: [String]
        var stamps: [UInt64]
        var extractor: FeatureExtractor
        var tables: [FeatureTable] = []
    }

    private static let limit = 2
    private var known: [Beginning] = []

    /// Nothing yet.
    public init() {}

    /// Computes the features of a network's beginning.
    func extractor(_ prefix: Network, _ parameters: Parameters) throws -> FeatureExtractor {
        // A layer is a value, whose description has all its settings.
        let layers = prefix.nodes.map { "\(String(reflecting: $0.layer)) \($0.inputs) \($0.outputShape)" }
        let stamps = prefix.parameters.map { parameters[$0.key]?.stamp ?? 0 }
        if let found = known.first(where: { $0.stamps == stamps && $0.layers == layers }) {
            return found.extractor
        }
        if known.count == Self.limit { known.removeFirst() }
        let extractor = try FeatureExtractor(prefix, parameters)
        known.append(Beginning(layers: layers, stamps: stamps, extractor: extractor))
        return extractor
    }

    /// The features that a store has of an extractor's network.
    func table(of extractor: FeatureExtractor, in store: FeatureStore) -> FeatureTable? {
        guard let index = known.firstIndex(where: { $0.extractor === extractor }) else { return nil }
        if let table = known[index].tables.first(where: { $0.store == store }) { return table }
        let table = FeatureTable(extractor.identity, shape: extractor.shape, in: store)
        known[index].tables.append(table)
        return table
    }
}
