/// Puts the layers of nested models in one list.
///
/// Layers keep their names. Where two models have a layer of one name, the later one's becomes
/// `model_layer`, so that the layers of a known network go by their known names even in a model in a model.
struct ModelFlattening {
    /// The most layers that a model may have; a model of models that are called twice grows without bound.
    static let mostSteps = 20_000

    private let file: String
    private let kerasMajor: Int
    /// The names of all layers, which no further call of another layer may take.
    private let layerNames: Set<String>
    private var steps: [FlatModel.Step] = []
    private var names: Set<String> = []
    /// How often each name was given out with a number.
    private var counters: [String: Int] = [:]

    private init(_ model: ModelDescription, file: String, kerasMajor: Int) {
        self.file = file
        self.kerasMajor = kerasMajor
        layerNames = model.allLayerNames
    }

    /// The flat form of a model.
    /// - Throws: ``KerasFileError/modelGraph(file:model:reason:)``
    static func flatten(
        _ model: ModelDescription, file: String, kerasMajor: Int = 3
    ) throws -> FlatModel {
        guard !model.inputs.isEmpty, !model.outputs.isEmpty else {
            throw KerasFileError.modelGraph(
                file: file, model: model.name,
                reason: "expected inputs and outputs, found \(model.inputs.count) and \(model.outputs.count)")
        }
        guard Set(model.inputs.map(\.layer)).count == model.inputs.count else {
            throw KerasFileError.modelGraph(file: file, model: model.name, reason: "two inputs are one layer")
        }
        var flattening = ModelFlattening(model, file: file, kerasMajor: kerasMajor)
        let inputs = try model.inputs.map { reference in
            guard let input = model.layers.first(where: { $0.name == reference.layer }),
                input.className == "InputLayer"
            else {
                throw KerasFileError.modelGraph(
                    file: file, model: model.name, reason: "'\(reference.layer)' is no input layer")
            }
            let place = LayerPlace(names: [input.name], keys: [])
            return try flattening.append(input, LayerCall(inputs: []), inputs: [], place: place)
        }
        let outputs = try flattening.add(model, inputs: inputs, place: LayerPlace(names: [], keys: []))
        return FlatModel(
            name: model.name, steps: flattening.steps, inputCount: inputs.count, outputs: outputs)
    }

    /// Adds a call of a model.
    /// - Parameter inputs: the steps that its inputs come from.
    /// - Returns: the steps that its outputs come from.
    private mutating func add(
        _ model: ModelDescription, inputs: [Int], place: LayerPlace
    ) throws -> [Int] {
        let graph = try CallGraph(model, file: file)
        guard inputs.count == model.inputs.count else {
            throw KerasFileError.modelGraph(
                file: file, model: model.name,
                reason: "expected \(model.inputs.count) inputs, found \(inputs.count)")
        }
        // The step of every output of every call.
        var values: [[Int]] = Array(repeating: [], count: graph.calls.count)
        for (reference, input) in zip(model.inputs, inputs) {
            values[try graph.position(of: reference)] = [input]
        }
        let keys = KerasKeys.keys(of: model.layers.map(\.className))
        let used = try graph.used(for: model)
        for position in graph.order where values[position].isEmpty {
            let call = graph.calls[position]
            // A call of a model may be there twice, for the sake of two ways to count; see `ModelConfigWriter`.
            if model.layers[call.layer].model != nil, !used.contains(position) { continue }
            // A layer that nobody calls gives nothing out.
            guard !call.inputs.isEmpty else { continue }
            let layer = model.layers[call.layer]
            let inputs = try call.inputs.map { input in
                try value(input.output, of: values[input.call], layer: layer, in: model)
            }
            let inner = LayerPlace(
                names: place.names + [layer.name], keys: place.keys + [keys[call.layer]])
            if let nested = layer.model {
                values[position] = try add(nested, inputs: inputs, place: inner)
            } else {
                values[position] = [try add(layer, call.description, inputs: inputs, place: inner)]
            }
        }
        return try model.outputs.map { reference in
            try value(
                reference.output, of: values[graph.position(of: reference, isOutput: true)], layer: nil,
                in: model)
        }
    }

    /// Adds a call of a layer, and of layers that are its activation, where that is no function that there is here.
    private mutating func add(
        _ layer: LayerDescription, _ call: LayerCall, inputs: [Int], place: LayerPlace
    ) throws -> Int {
        let activation = ActivationLayers(layer, kerasMajor: kerasMajor)
        var step = try append(activation.bare, call, inputs: inputs, place: place)
        for function in activation.functions {
            let place = LayerPlace(
                names: place.names.dropLast() + [function.name], keys: place.keys + ["activation"])
            step = try append(function, LayerCall(inputs: []), inputs: [step], place: place)
        }
        return step
    }

    private func value(
        _ output: Int, of outputs: [Int], layer: LayerDescription?, in model: ModelDescription
    ) throws -> Int {
        guard outputs.indices.contains(output) else {
            let who = layer.map { "layer '\($0.name)' takes" } ?? "the model gives"
            throw KerasFileError.modelGraph(
                file: file, model: model.name,
                reason: "\(who) output \(output) of a layer that has \(outputs.count)")
        }
        return outputs[output]
    }

    private mutating func append(
        _ layer: LayerDescription, _ call: LayerCall, inputs: [Int], place: LayerPlace
    ) throws -> Int {
        guard steps.count < Self.mostSteps else {
            throw KerasFileError.modelGraph(
                file: file, model: place.names[0], reason: "more than \(Self.mostSteps) layers")
        }
        steps.append(
            FlatModel.Step(
                layer: layer, arguments: call.arguments, name: uniqueName(for: place),
                models: Array(place.names.dropLast()), inputs: inputs, place: place))
        return steps.count - 1
    }

    private mutating func uniqueName(for place: LayerPlace) -> String {
        var name = place.names.last!
        for model in place.names.dropLast().reversed() where names.contains(name) {
            name = "\(model)_\(name)"
        }
        let stem = name
        while (name != stem && layerNames.contains(name)) || !names.insert(name).inserted {
            counters[stem, default: 0] += 1
            name = "\(stem)_\(counters[stem]!)"
        }
        return name
    }
}

/// The names that Keras 3 gives to layers in a file.
enum KerasKeys {
    /// Classes with counters: `conv2d`, `conv2d_1`.
    static func keys(of classNames: [String]) -> [String] {
        var used: [String: Int] = [:]
        return classNames.map { className in
            // A model is a Functional to Keras 3, whatever its file says.
            let stem = CountedName.snakeCase(className == "Model" ? "Functional" : className)
            let count = used[stem, default: 0]
            used[stem] = count + 1
            return count == 0 ? stem : "\(stem)_\(count)"
        }
    }
}
