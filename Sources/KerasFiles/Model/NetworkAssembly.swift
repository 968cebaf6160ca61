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
        /// In which order the file has arrays, by their layers' names, where that is another.
        let arrayOrders: [String: ArrayOrder]
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
        var builder = try begin(model, layers.compactMap(\.self), size: size)
        let groups = LayerGroups(model).groups
        var unsupported = UnsupportedLayers()
        // The names of the layers with weights; whatever is in a place again is a further call of it.
        var names: [LayerPlace: String] = [:]
        for (layer, group) in zip(layers.compactMap(\.self), groups.dropFirst(model.inputCount)) {
            builder.beginGroup(group)
            let ready = try explained { try builder.ready(layer) }
            if let problem = problem(of: ready) { unsupported.add(layer.step, problem) }
            try add(ready, as: layer.step, &builder, &names)
        }
        guard unsupported.table.isEmpty else {
            throw KerasFileError.unsupportedLayers(file: file, unsupported.table)
        }
        return Result(
            network: builder.build(), arrayOrders: builder.arrayOrders,
            places: Dictionary(uniqueKeysWithValues: model.steps.map { ($0.name, $0.place) }),
            notes: decoding.notes + builder.notes)
    }

    /// The network's inputs.
    private func begin(
        _ model: FlatModel, _ layers: [LayerDecoding.Decoded], size: Pair?
    ) throws -> OrderedBuilder {
        let shapes = try model.steps.prefix(model.inputCount).map { step in
            let shape = try inputShape(of: step, in: model, size: size)
            try check(shape, of: step.name)
            return shape
        }
        return try OrderedBuilder(model, layers, shapes: shapes)
    }

    /// Adds a layer, or a further call of one.
    private func add(
        _ ready: OrderedBuilder.Ready, as step: FlatModel.Step, _ builder: inout OrderedBuilder,
        _ names: inout [LayerPlace: String]
    ) throws {
        let first = names[step.place]
        let output = try explained { try builder.add(ready, as: step, callOf: first) }
        try check(output.shape, of: step.name)
        let parameters = ready.layer.parameters(for: ready.inputs.map(\.shape))
        for parameter in parameters { try check(parameter.shape, of: step.name) }
        if !parameters.isEmpty, first == nil { names[step.place] = step.name }
    }

    private func explained<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as LayerError {
            throw KerasFileError.layer(file: file, error)
        }
    }

    private func problem(of layer: OrderedBuilder.Ready) -> String? {
        guard let rank = layer.requiredInputRank,
            let shape = layer.inputs.map(\.shape).first(where: { $0.rank + 1 != rank })
        else { return nil }
        return "works on axis \(rank - 1) of inputs \(shape), which is not the last"
    }

    /// The shape that an input layer tells, without the batch.
    private func inputShape(of step: FlatModel.Step, in model: FlatModel, size: Pair?) throws -> Shape {
        let config = step.layer.config
        let told = config["batch_shape"] ?? config["batch_input_shape"]
        var extents = told?.array?.dropFirst().map(\.integer) ?? []
        if let size, extents.count == 3 {
            let isFirst = model.steps.firstIndex { $0.name == step.name }.map(model.hasChannelsFirst) ?? false
            let (rows, columns) = isFirst ? (1, 2) : (0, 1)
            extents[rows] = extents[rows] ?? size.height
            extents[columns] = extents[columns] ?? size.width
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
