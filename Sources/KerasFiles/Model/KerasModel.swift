import Layers

/// A Keras model that was read from a file.
public struct KerasModel: Sendable {
    /// The layers in their graph. Models in the model are layer groups of their names; see
    /// `Network.groups`.
    public let network: Network
    /// The weights, statistics included.
    public let parameters: Parameters
    /// Where in the file the weights were.
    public let report: ImportReport
    /// What in the configuration was passed over, in sentences.
    public let notes: [String]
    /// The layers with arrays that gradient descent was not to change, by the network's names.
    public let frozenLayers: Set<String>
    /// The model with the models in it; nil where there are none, or where the network has other layers.
    let tree: ModelTree?

    /// Whether ``ModelWriter`` writes layers of models in the model as layers of one model.
    public var losesNesting: Bool { isNested && tree == nil }
    let isNested: Bool

    /// The part of the model that ends with a layer.
    /// - Throws: `LayerError.unknownLayer`
    public func until(_ layer: String) throws(LayerError) -> KerasModel {
        let part = try network.until(layer)
        var kept = Parameters()
        for (key, _) in part.parameters { kept[key] = parameters[key] }
        return KerasModel(
            network: part, parameters: kept, report: report, notes: notes,
            frozenLayers: frozenLayers.intersection(part.nodes.map(\.name)), tree: nil, isNested: isNested)
    }

    /// The part of the model that ends with a layer group, for a new head to be put on.
    ///
    /// ```swift
    /// let (backbone, weights) = try model.until(group: "model1")
    /// var builder = NetworkBuilder(extending: backbone)
    /// ```
    /// - Throws: `LayerError.unknownGroup`
    public func until(group: String) throws(LayerError) -> (network: Network, parameters: Parameters) {
        guard let last = network.nodes.last(where: { $0.group == group && $0.group != "input" }) else {
            throw .unknownGroup(group, network: network.name, groups: network.groups)
        }
        let part = try until(last.name)
        return (part.network, part.parameters)
    }
}
