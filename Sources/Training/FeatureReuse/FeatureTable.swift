import Foundation
import Tensors

/// The features of one network's beginning that are at hand, by what the network was given.
final class FeatureTable {
    /// The network's beginning; see ``FeatureExtractor/identity``.
    let network: ContentHash
    /// The shape of a picture's features.
    let shape: Shape
    let store: FeatureStore
    private var packs: [FeaturePack] = []
    private var places: [ContentHash: (pack: Int, position: Int)] = [:]

    init(_ network: ContentHash, shape: Shape, in store: FeatureStore) {
        self.network = network
        self.shape = shape
        self.store = store
    }

    func contains(_ input: ContentHash) -> Bool { places[input] != nil }

    /// Looks for files that other programs have added.
    func refresh(damaged: (URL) throws -> Void) rethrows {
        for pack in try store.packs(of: network, except: Set(packs.map(\.url)), damaged: damaged) {
            add(pack)
        }
    }

    /// Keeps features.
    /// - Throws: ``FeatureStoreError/write(path:reason:)``
    func write(_ inputs: [ContentHash], _ features: [Tensor], secondsPerPicture: Double)
        throws(FeatureStoreError)
    {
        let contents = FeaturePack.contents(
            inputs, features, width: shape.elementCount, secondsPerPicture: secondsPerPicture)
        add(try store.write(contents, of: network))
    }

    /// The features of some inputs that are all there, `[N, …]`.
    /// - Parameter tally: counts them, and how long computing them anew would have taken.
    func features(of inputs: [ContentHash], _ tally: FeatureTally) -> Tensor {
        var result = Tensor(zeros: shape.batched(inputs.count))
        for (row, input) in inputs.enumerated() {
            guard let place = places[input] else { preconditionFailure("features that are not there") }
            packs[place.pack].copy(place.position, toRow: row, of: &result)
            tally.use.secondsSaved += packs[place.pack].secondsPerPicture
        }
        tally.use.reused += inputs.count
        return result
    }

    private func add(_ pack: FeaturePack) {
        guard pack.width == shape.elementCount else { return }
        for (position, input) in pack.inputs.enumerated() { places[input] = (packs.count, position) }
        packs.append(pack)
    }
}
