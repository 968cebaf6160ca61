/// Reads a model's configuration in the dialects of Keras 1, 2 and 3.
struct ModelConfigReader {
    private let file: String

    /// A reader whose errors name the file.
    init(file: String) { self.file = file }

    /// The classes that are models of layers.
    static let modelClasses: Set<String> = ["Sequential", "Functional", "Model"]

    /// The description of a whole model.
    /// - Throws: ``KerasFileError/modelConfig(file:place:expected:found:)``
    func model(_ json: JSONValue) throws -> ModelDescription {
        let className = json["class_name"]?.string ?? ""
        guard Self.modelClasses.contains(className) else {
            throw error("the model", "one of class Sequential or Functional", json["class_name"])
        }
        return try model(json, className: className, name: nil)
    }

    private func model(_ json: JSONValue, className: String, name: String?) throws -> ModelDescription {
        // Until Keras 2.2.3, a Sequential model's configuration was the bare list of its layers.
        let config = json["config"] ?? .null
        let name = config["name"]?.string ?? name ?? "model"
        let place = "model '\(name)'"
        guard let list = config.array ?? config["layers"]?.array else {
            throw error(place, "a list 'layers'", config["layers"])
        }
        var layers = try list.map { try layer($0, in: place) }
        guard !layers.isEmpty else { throw error(place, "at least one layer", .array([])) }
        let isTrainable = config["trainable"]?.bool ?? true
        if className == "Sequential" {
            let shape = config["build_input_shape"] ?? json["build_config"]?["input_shape"]
            Self.chain(&layers, name: name, inputShape: shape)
            return ModelDescription(
                name: name, className: className, isTrainable: isTrainable, layers: layers,
                inputs: [TensorReference(layer: layers[0].name, call: 0, output: 0)],
                outputs: [TensorReference(layer: layers.last!.name, call: 0, output: 0)])
        }
        let calls = CallReader(file: file)
        return ModelDescription(
            name: name, className: className, isTrainable: isTrainable, layers: layers,
            inputs: try calls.references(config["input_layers"], of: "\(place), 'input_layers'"),
            outputs: try calls.references(config["output_layers"], of: "\(place), 'output_layers'"))
    }

    private func layer(_ json: JSONValue, in place: String) throws -> LayerDescription {
        guard let className = json["class_name"]?.string else {
            throw error("\(place), a layer", "a 'class_name'", json["class_name"])
        }
        let config = json["config"]?.object ?? [:]
        guard let name = config["name"]?.string ?? json["name"]?.string else {
            throw error("\(place), a layer of class \(className)", "a 'name'", config["name"])
        }
        let inside = "\(place), layer '\(name)'"
        let calls = try (json["inbound_nodes"]?.array ?? []).map {
            try CallReader(file: file).call($0, of: "\(inside), 'inbound_nodes'")
        }
        let isModel = Self.modelClasses.contains(className)
        return LayerDescription(
            name: name, className: className, package: Self.package(json), config: config, calls: calls,
            model: isModel ? try model(json, className: className, name: name) : nil)
    }

    /// Makes calls of a Sequential's order, and an input layer where there is none.
    private static func chain(_ layers: inout [LayerDescription], name: String, inputShape: JSONValue?) {
        if layers[0].className != "InputLayer" {
            let first = layers[0].config
            let shape =
                first["batch_input_shape"] ?? first["batch_shape"] ?? layers[0].model?.inputShape
                ?? inputShape
            layers.insert(
                LayerDescription(
                    name: "\(name)_input", className: "InputLayer", package: nil,
                    config: ["batch_shape": shape ?? .null], calls: []), at: 0)
        }
        for index in layers.indices.dropFirst() {
            let previous = TensorReference(layer: layers[index - 1].name, call: 0, output: 0)
            layers[index].calls = [LayerCall(inputs: [previous])]
        }
    }

    /// The package of a class that is not Keras's own.
    private static func package(_ json: JSONValue) -> String? {
        guard let module = json["module"]?.string else { return nil }
        let isKeras = ["keras", "tf_keras", "builtins"].contains(
            module.split(separator: ".").first.map(String.init))
        return isKeras ? nil : module
    }

    private func error(_ place: String, _ expected: String, _ found: JSONValue?) -> KerasFileError {
        .modelConfig(file: file, place: place, expected: expected, found: found.excerpt)
    }
}

extension ModelDescription {
    /// What is said of the shape of the only input: a list that begins with the batch.
    var inputShape: JSONValue? {
        guard inputs.count == 1, let layer = layers.first(where: { $0.name == inputs[0].layer }) else {
            return nil
        }
        let shape = layer.config["batch_shape"] ?? layer.config["batch_input_shape"]
        return shape ?? layer.model?.inputShape
    }
}

extension JSONValue? {
    /// The value's beginning, for errors.
    var excerpt: String {
        guard let text = self?.text else { return "nothing" }
        return text.count > 60 ? text.prefix(60) + "…" : text
    }
}
