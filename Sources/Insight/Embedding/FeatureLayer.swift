import Layers

extension Network {
    /// The layer whose output is the network's own description of a picture, before the classes are told: the input of
    /// the last dense layer, or, without one, of the last layer with a kernel.
    /// - Throws: ``InsightError/noFeatures(network:)``
    public func featureLayer() throws(InsightError) -> String {
        let candidates = nodes.filter { node in
            node.parameters.contains { $0.role == .kernel } && node.inputs.count == 1 && node.inputs[0] > 0
        }
        guard let classifier = candidates.last(where: { $0.sharedLayer is Dense }) ?? candidates.last else {
            throw .noFeatures(network: name)
        }
        return nodes[classifier.inputs[0]].name
    }
}
