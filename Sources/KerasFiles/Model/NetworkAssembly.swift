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
    /// - Parameter size: the height and width of inputs of which the file does not tell.
    /// - Throws: ``KerasFileError``
    func build(_ model: FlatModel, size: Pair? = nil) throws -> Result {
        var decoding = LayerDecoding(kerasMajor: kerasMajor)
        let layers = decoding.decode(model)
        guard decoding.unsupported.table.isEmpty else {
            throw KerasFileError.unsupportedLayers(file: file, decoding.unsupported.table)
        }
        var (builder, outputs) = try begin(model, size: size)
        let groups = LayerGroups(model).groups
        var unsupported = UnsupportedLayers()
        // The names of the layers with weights; whatever is in a place again is a further call of it.
        var names: [LayerPlace: String] = [:]
        for (layer, group) in zip(layers.compactMap(\.self), groups.dropFirst(model.inputCount)) {
            builder.beginGroup(group)
            let inputs = layer.step.inputs.map { outputs[$0] }
            if let problem = problem(of: layer, inputs.map(\.shape)) {
                unsupported.add(layer.step, problem)
            }
            outputs.append(try add(layer, to: inputs, &builder, &names))
        }
        guard unsupported.table.isEmpty else {
            throw KerasFileError.unsupportedLayers(file: file, unsupported.table)
        }
        return Result(
            network: builder.build(outputs: model.outputs.map { outputs[$0] }),
            places: Dictionary(uniqueKeysWithValues: model.steps.map { ($0.name, $0.place) }),
            notes: decoding.notes)
    }

    /// The network's inputs.
    private func begin(
        _ model: FlatModel, size: Pair?
    ) throws -> (NetworkBuilder, [NetworkBuilder.Output]) {
        let steps = model.steps.prefix(model.inputCount)
        let shapes = try steps.map { step in
            let shape = try inputShape(of: step, in: model, size: size)
            try check(shape, of: step.name)
            return shape
        }
        var builder = NetworkBuilder(model.name, input: shapes[0], inputName: steps[0].name)
        var outputs = [builder.input]
        for (step, shape) in zip(steps, shapes).dropFirst() {
            outputs.append(try builder.addInput(step.name, shape: shape))
        }
        return (builder, outputs)
    }

    /// Adds a layer, or a further call of one.
    private func add(
        _ layer: LayerDecoding.Decoded, to inputs: [NetworkBuilder.Output], _ builder: inout NetworkBuilder,
        _ names: inout [LayerPlace: String]
    ) throws -> NetworkBuilder.Output {
        let step = layer.step
        let output: NetworkBuilder.Output
        do {
            output =
                if let name = names[step.place] {
                    try builder.call(name, as: step.name, to: inputs)
                } else {
                    try builder.add(layer.layer, to: inputs)
                }
        } catch {
            throw KerasFileError.layer(file: file, error)
        }
        try check(output.shape, of: step.name)
        let parameters = layer.layer.parameters(for: inputs.map(\.shape))
        for parameter in parameters { try check(parameter.shape, of: step.name) }
        if !parameters.isEmpty, names[step.place] == nil { names[step.place] = step.name }
        return output
    }

    private func problem(of layer: LayerDecoding.Decoded, _ shapes: [Shape]) -> String? {
        guard let rank = layer.requiredInputRank, let shape = shapes.first(where: { $0.rank + 1 != rank })
        else { return nil }
        return "works on axis \(rank - 1) of inputs \(shape), which is not the last"
    }

    /// The shape that an input layer tells, without the batch.
    private func inputShape(of step: FlatModel.Step, in model: FlatModel, size: Pair?) throws -> Shape {
        let config = step.layer.config
        let told = config["batch_shape"] ?? config["batch_input_shape"]
        var extents = told?.array?.dropFirst().map(\.integer) ?? []
        if let size, extents.count == 3 {
            extents[0] = extents[0] ?? size.height
            extents[1] = extents[1] ?? size.width
        }
        guard !extents.isEmpty, extents.allSatisfy({ ($0 ?? 0) > 0 }) else {
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
