import Layers

extension KerasModel {
    /// The layer in which the model scales pixels itself: the first behind its only input that does more than move,
    /// resize or augment them, if that is a `Rescaling` or a `Normalization`.
    public var scalingLayer: String? {
        guard network.inputs.count == 1 else { return nil }
        var reached: Set = [network.inputs[0]]
        for (position, node) in network.nodes.enumerated() where node.inputs.contains(where: reached.contains)
        {
            switch node.layer {
            case is Rescaling, is Normalization: return node.name
            case is RandomAugmentation, is Resizing, is Cropping2D, is Permute, is Identity, is Dropout,
                is GaussianNoise:
                reached.insert(position)
            default: return nil
            }
        }
        return nil
    }
}
