import Layers
import Tensors

/// Builds a network of a flat model.
struct NetworkAssembly {
    /// No more numbers are believed in one array; a picture of 2^31 would take eight gigabytes.
    static let mostElements = 1 << 31

    let file: String
    let kerasMajor: Int

    /// A network, where each of its layers is in the tree of models, and what was passed over.
    struct Result {
        let network: Network
        let places: [String: LayerPlace]
        let notes: [String]
    }

    /// The network.
    /// - Parameter input: the shape of one input; taken from the file if nil.
    /// - Throws: ``KerasFileError``
    func build(_ model: FlatModel, input: Shape?) throws -> Result {
        var decoding = LayerDecoding(kerasMajor: kerasMajor)
        let layers = decoding.decode(model)
        guard decoding.unsupported.table.isEmpty else {
            throw KerasFileError.unsupportedLayers(file: file, decoding.unsupported.table)
        }
        let shape = try input ?? inputShape(of: model)
        try check(shape, of: model.steps[0].name)
        var builder = NetworkBuilder(model.name, input: shape, inputName: model.steps[0].name)
        var outputs = [builder.input]
        let groups = LayerGroups(model).groups
        var unsupported = UnsupportedLayers()
        for (layer, group) in zip(layers.compactMap(\.self), groups.dropFirst()) {
            builder.beginGroup(group)
            let inputs = layer.step.inputs.map { outputs[$0] }
            let shapes = inputs.map(\.shape)
            if let rank = layer.requiredInputRank, shapes.contains(where: { $0.rank + 1 != rank }) {
                unsupported.add(
                    layer.step.layer,
                    "works on axis \(rank - 1) of inputs \(shapes[0]), which is not the last")
            }
            let output: NetworkBuilder.Output
            do {
                output = try builder.add(layer.layer, to: inputs)
            } catch {
                throw KerasFileError.layer(file: file, error)
            }
            try check(output.shape, of: layer.step.name)
            let parameters = layer.layer.parameters(for: shapes)
            for parameter in parameters { try check(parameter.shape, of: layer.step.name) }
            if layer.step.call > 0, !parameters.isEmpty {
                unsupported.add(layer.step.layer, "is used more than once and has weights")
            }
            outputs.append(output)
        }
        guard unsupported.table.isEmpty else {
            throw KerasFileError.unsupportedLayers(file: file, unsupported.table)
        }
        return Result(
            network: builder.build(output: outputs[model.output]),
            places: Dictionary(uniqueKeysWithValues: model.steps.map { ($0.name, $0.place) }),
            notes: decoding.notes)
    }

    /// The shape that the input layer tells, without the batch.
    private func inputShape(of model: FlatModel) throws -> Shape {
        let config = model.steps[0].layer.config
        let told = config["batch_shape"] ?? config["batch_input_shape"]
        let extents = told?.array?.dropFirst().map(\.integer)
        guard let extents, !extents.isEmpty, extents.allSatisfy({ ($0 ?? 0) > 0 }) else {
            throw KerasFileError.inputShape(file: file, model: model.name, found: told.excerpt)
        }
        return Shape(extents.map { $0! })
    }

    private func check(_ shape: Shape, of layer: String) throws {
        var count = 1
        for extent in shape.dimensions {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= Self.mostElements else {
                throw KerasFileError.modelConfig(
                    file: file, place: "layer '\(layer)'",
                    expected: "at most \(Self.mostElements) numbers in an array",
                    found: "the shape \(shape)")
            }
            count = product
        }
    }
}
