import Layers
import Training

/// What is frozen in a stage, said either way around.
public enum Freezing: Sendable, Equatable {
    /// These layers stay as they are, the others are trained.
    case freeze(LayerChoice)
    /// These layers are trained, the others stay as they are.
    case unfreeze(LayerChoice)

    /// The names of the layers that are trained.
    /// - Parameter headGroup: the layer group that the head's layers are in.
    /// - Throws: ``LayerError/unknownGroup(_:network:groups:)``
    public func trainedLayers(
        of network: Network, headGroup: String = "head"
    ) throws(LayerError) -> Set<String> {
        switch self {
        case .unfreeze(let choice): return try choice.selection(of: network, headGroup).layers(of: network)
        case .freeze(let choice):
            let frozen = try choice.selection(of: network, headGroup).layers(of: network)
            return try LayerSelection.all.layers(of: network).subtracting(frozen)
        }
    }
}

/// Layers of a backbone with a head on it.
public enum LayerChoice: Sendable, Equatable {
    /// Everything but the head.
    case backbone
    /// The head.
    case head
    /// Layers by their groups.
    case selection(LayerSelection)

    /// The same in terms of layer groups.
    func selection(of network: Network, _ headGroup: String) -> LayerSelection {
        switch self {
        case .backbone: .groups(network.groups.filter { $0 != headGroup })
        case .head: .groups([headGroup])
        case .selection(let selection): selection
        }
    }
}

extension StageConfiguration {
    /// How the learning rate differs, in terms of layer groups: a factor of `backbone` is one of all its
    /// groups that have none of their own.
    func rates(of network: Network, headGroup: String = "head") -> DiscriminativeRates {
        guard case .factors(var factors) = rates, let rest = factors.removeValue(forKey: "backbone") else {
            return rates
        }
        for group in network.groups where group != headGroup && factors[group] == nil {
            factors[group] = rest
        }
        return .factors(factors)
    }
}
