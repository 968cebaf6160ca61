import Foundation
import Layers

/// How the learning rate differs between the layer groups of a stage: Howard and Ruder, "Universal language
/// model fine-tuning for text classification", ACL 2018.
public enum DiscriminativeRates: Sendable, Equatable {
    /// All groups have the stage's rate.
    case equal
    /// The stage's rate times a factor a group; 1 for those that are not named.
    case factors([String: Double])
    /// From a rate for the first trained group to the stage's rate for the last, by equal factors: fastai's
    /// `slice(from, to)`.
    case geometric(from: Double)
    /// The stage's rate for the last trained group, and for each group before it, times a factor once more.
    case decay(Double)

    /// What the stage's learning rate is multiplied by, by layer group; 1 for groups that are not there.
    /// - Parameters:
    ///   - layers: the layers whose arrays are trained in the stage, sooner or later.
    ///   - base: the stage's learning rate.
    /// - Throws: ``LayerError/unknownGroup(_:network:groups:)``
    public func factors(
        of network: Network, training layers: Set<String>, base: Double
    ) throws(LayerError) -> [String: Double] {
        let groups = network.trainableGroups(in: layers)
        /// The powers go from the number of groups before the last down to 0.
        func powers(of factor: Double) -> [String: Double] {
            Dictionary(
                uniqueKeysWithValues: groups.enumerated().map { index, group in
                    (group, pow(factor, Double(groups.count - 1 - index)))
                })
        }
        switch self {
        case .equal: return [:]
        case .factors(let factors):
            if let unknown = factors.keys.sorted().first(where: { !network.groups.contains($0) }) {
                throw .unknownGroup(unknown, network: network.name, groups: network.groups)
            }
            return factors
        case .geometric(let first):
            return powers(of: pow(first / base, 1 / Double(max(groups.count - 1, 1))))
        case .decay(let factor): return powers(of: factor)
        }
    }
}
