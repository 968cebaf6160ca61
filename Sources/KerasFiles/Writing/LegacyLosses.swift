import Layers

extension Network {
    /// The layers whose axes Keras 3 loses when it opens an `.h5`, its own too, and goes on with the last one: those of
    /// several axes, and a `Normalization` of none (`saving_utils.py` drops what is no single number). Keras 2 keeps
    /// them.
    public var layersLosingAxes: [String] {
        nodes.filter { node in
            switch node.layer {
            case let softmax as Softmax: softmax.axes.count > 1
            case let normalization as LayerNormalization: normalization.axes.count > 1
            case let normalization as Normalization:
                normalization.axes.count > 1 || (normalization.axes.isEmpty && normalization.mean == nil)
            default: false
            }
        }.map(\.name)
    }
}
