import Layers
import Tensors

/// Builds a network with the channels last of a model that may have them first, anywhere.
///
/// Where a layer needs the other order than there is, a `Permute` is put in front of it. That is exact for every
/// model; in those that are channels-first throughout it happens nowhere, or before what goes by positions.
struct OrderedBuilder {
    /// What a step gives out.
    struct Value {
        let output: NetworkBuilder.Output
        let order: ChannelOrder
    }

    private(set) var builder: NetworkBuilder
    /// In which order the file has arrays of layers, by the layers' names.
    private(set) var arrayOrders: [String: ArrayOrder] = [:]
    /// What was converted, in sentences.
    private(set) var notes: [String] = []
    private var values: [Value] = []
    /// Outputs in the other order, once they were needed.
    private var permuted: [Int: NetworkBuilder.Output] = [:]
    private var names: Set<String>
    private let model: FlatModel
    /// How often the layer in each place is called.
    private let callCounts: [LayerPlace: Int]
    /// The layers of the steps behind the inputs.
    private let layers: [LayerDecoding.Decoded]

    /// Begins with the inputs.
    /// - Parameter shapes: of the inputs, as the file has them.
    init(_ model: FlatModel, _ layers: [LayerDecoding.Decoded], shapes: [Shape]) throws {
        self.model = model
        callCounts = model.steps.reduce(into: [:]) { $0[$1.place, default: 0] += 1 }
        self.layers = layers
        names = Set(model.steps.map(\.name))
        let orders = shapes.indices.map { index -> ChannelOrder in
            shapes[index].rank == 3 && model.hasChannelsFirst(input: index) ? .last : .file
        }
        let shapes = zip(shapes, orders).map { $1 == .last ? $0.withChannelsLast : $0 }
        builder = NetworkBuilder(model.name, input: shapes[0], inputName: model.steps[0].name)
        values = [Value(output: builder.input, order: orders[0])]
        for index in shapes.indices.dropFirst() {
            let output = try builder.addInput(model.steps[index].name, shape: shapes[index])
            values.append(Value(output: output, order: orders[index]))
        }
        if hasChannelsFirst {
            notes.append(
                "the model has the channels of pictures first, the network last: it takes \(shapes[0])")
        }
    }

    /// Whether any layer is for pictures with the channels first.
    var hasChannelsFirst: Bool { model.steps.contains { $0.layer.isChannelsFirst } }

    /// The outputs of steps.
    func outputs(of steps: [Int]) -> [NetworkBuilder.Output] { steps.map { values[$0].output } }

    /// What comes from here on belongs to a layer group.
    mutating func beginGroup(_ name: String) { builder.beginGroup(name) }

    /// The network.
    mutating func build() -> Network { builder.build(outputs: outputs(of: model.outputs)) }

    /// Adds the next step's layer, or a further call of one.
    /// - Parameter first: the name of the layer's first call, where this is a further one.
    mutating func add(
        _ ready: Ready, as step: FlatModel.Step, callOf first: String?
    ) throws -> NetworkBuilder.Output {
        let output =
            if let first {
                try builder.call(first, as: step.name, to: ready.inputs)
            } else {
                try builder.add(ready.layer, to: ready.inputs)
            }
        let isVector = ready.order == .last && output.shape.rank != 3
        values.append(Value(output: output, order: isVector ? .file : ready.order))
        return output
    }

    /// The output of a step in an order that pictures can have.
    mutating func provide(_ step: Int, _ order: ChannelOrder) throws -> NetworkBuilder.Output {
        let value = values[step]
        guard value.order != order, value.output.shape.rank == 3 else { return value.output }
        if let output = permuted[step] { return output }
        let isLast = order == .last
        var name = "\(model.steps[step].name)_channels_\(isLast ? "last" : "first")"
        while !names.insert(name).inserted { name += "_" }
        let output = try builder.add(Permute(name, dims: isLast ? [2, 3, 1] : [3, 1, 2]), to: value.output)
        permuted[step] = output
        notes.append(
            "'\(name)' was put behind '\(model.steps[step].name)', because the layer behind that goes by another order"
        )
        return output
    }

    /// What a step gives out.
    func value(_ step: Int) -> Value { values[step] }

    /// Notes in which order the file has a layer's arrays.
    mutating func note(_ order: ArrayOrder, of layer: String) { arrayOrders[layer] = order }

    /// Whether a step's layer is called more than once: by inputs that may lie in different orders.
    func isShared(_ step: FlatModel.Step) -> Bool { callCounts[step.place, default: 0] > 1 }

    /// Whether what a step gives out goes, perhaps through layers that treat all elements alike, to dense layers
    /// alone, whose rows can be put in another order.
    func leadsToDense(_ step: FlatModel.Step) -> Bool {
        model.steps.firstIndex { $0.name == step.name }.map(leadsToDense) ?? false
    }

    private func leadsToDense(_ step: Int) -> Bool {
        let next = model.steps.indices.filter { model.steps[$0].inputs.contains(step) }
        return !next.isEmpty && !model.outputs.contains(step)
            && next.allSatisfy { index in
                let layer = layers[index - model.inputCount]
                if layer.layer is Dense {
                    return !isShared(layer.step)
                }
                guard case .any = OrderDemand(of: layer) else { return false }
                return layer.step.inputs.count == 1 && leadsToDense(index)
            }
    }
}

extension Shape {
    /// `[H, W, C]` of `[C, H, W]`.
    fileprivate var withChannelsLast: Shape { [self[1], self[2], self[0]] }
}
