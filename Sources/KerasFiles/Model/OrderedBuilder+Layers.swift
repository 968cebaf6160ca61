import Layers
import Tensors

extension OrderedBuilder {
    /// A layer that can be added.
    struct Ready {
        let layer: any Layer
        let inputs: [NetworkBuilder.Output]
        /// The order of the output.
        let order: ChannelOrder
        /// The rank of the inputs, batch included, that the layer's configuration is for; nil for any.
        var requiredInputRank: Int?
    }

    /// Brings a layer and its inputs in one order.
    /// - Throws: `LayerError`, `LayerConfig.Problem`
    mutating func ready(_ decoded: LayerDecoding.Decoded) throws -> Ready {
        let step = decoded.step
        let inputs = step.inputs.map(value)
        let arePictures = inputs.allSatisfy { $0.output.shape.rank == 3 }
        let isLast = arePictures && inputs.contains { $0.order == .last }
        let isKeras1s = step.layer.className == LayerDescription.deconvolution
        if isKeras1s { note(.transposed, of: step.name) }
        switch OrderDemand(of: decoded) {
        case .picture where arePictures:
            if step.layer.hasTheanoOrder { note(isKeras1s ? .theanoTransposed : .theano, of: step.name) }
            return try ready(decoded, .last)
        case .any where isLast: return try ready(decoded, .last)
        case .any where inputs.count == 1:
            return Ready(layer: decoded.layer, inputs: [inputs[0].output], order: inputs[0].order)
        case .axis(1) where arePictures, .axis(-3) where arePictures:
            return try ready(decoded, .last, changing: ["axis": -1])
        case .everyAxis(let axis) where isLast:
            guard let axis = OrderDemand.lastOrder(of: axis) else { return try ready(decoded, .file) }
            let key = step.layer.config["concat_axis"] == nil ? "axis" : "concat_axis"
            return try ready(decoded, .last, changing: [key: JSONValue(axis)])
        case .axes(let axes) where isLast && !isShared(step):
            guard let moved = OrderDemand.lastOrder(of: axes, hasArrays: !(decoded.layer is Softmax)) else {
                return try ready(decoded, .file)
            }
            if moved.count == 3 { note(.channelsFirst, of: step.name) }
            return try ready(decoded, .last, changing: ["axis": JSONValue(axes: moved)])
        case .slopes where isLast && !isShared(step):
            let axes = (decoded.layer as? PReLU)?.sharedAxes.compactMap(OrderDemand.lastOrder) ?? []
            note(.channelsFirst, of: step.name)
            return try ready(decoded, .last, changing: ["shared_axes": .array(axes.map { JSONValue($0) })])
        case .file where inputs.count == 1: return try positional(decoded, inputs[0])
        default: return try ready(decoded, .file)
        }
    }

    /// A layer that goes by the positions of its input's elements.
    private mutating func positional(_ decoded: LayerDecoding.Decoded, _ input: Value) throws -> Ready {
        let (step, shape) = (decoded.step, input.output.shape)
        switch (decoded.layer, input.order) {
        // Keras itself puts the channels last here.
        case (is Flatten, _) where step.layer.isChannelsFirst && shape.rank == 3:
            return Ready(layer: decoded.layer, inputs: [try provide(step.inputs[0], .last)], order: .file)
        case (is Flatten, .last):
            // One pixel, or one channel, has no order.
            if shape[2] == 1 || shape[0] * shape[1] == 1 {
                return Ready(layer: decoded.layer, inputs: [input.output], order: .file)
            }
            guard leadsToDense(step) else { return try ready(decoded, .file) }
            return Ready(layer: decoded.layer, inputs: [input.output], order: .flattened(shape))
        case (is Dense, .flattened(let picture)):
            note(.flattened(picture), of: step.name)
            return Ready(layer: decoded.layer, inputs: [input.output], order: .file)
        // What the file changes is so already.
        case (let permute as Permute, .last) where permute.dims == [2, 3, 1]:
            return Ready(layer: Activation(step.name, .linear), inputs: [input.output], order: .file)
        case (let permute as Permute, .file)
        where permute.dims == [3, 1, 2] && shape.rank == 3 && hasChannelsFirst:
            return Ready(layer: Activation(step.name, .linear), inputs: [input.output], order: .last)
        default: return try ready(decoded, .file)
        }
    }

    /// A layer with all its inputs in one order.
    private mutating func ready(
        _ decoded: LayerDecoding.Decoded, _ order: ChannelOrder, changing members: [String: JSONValue] = [:]
    ) throws -> Ready {
        let inputs = try decoded.step.inputs.map { try provide($0, order) }
        var layer = members.isEmpty ? decoded.layer : try decoded.reading(members)
        if let size = decoded.requiredOutputSize, let transposed = layer as? Conv2DTranspose,
            inputs.count == 1
        {
            layer = try transposed.padded(toMake: size, of: inputs[0].shape)
        }
        return Ready(
            layer: layer, inputs: inputs, order: order,
            requiredInputRank: members.isEmpty ? decoded.requiredInputRank : nil)
    }
}
