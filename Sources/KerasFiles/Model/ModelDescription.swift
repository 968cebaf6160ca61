/// A model as a file's configuration describes it, whatever the dialect: layers and who calls whom.
struct ModelDescription: Sendable {
    /// The model's name.
    var name: String
    /// `Sequential`, `Functional`, or `Model` in older files.
    var className: String
    /// Whether gradient descent may change it.
    var isTrainable: Bool
    /// The layers in the file's order.
    var layers: [LayerDescription]
    /// Where the inputs enter: input layers.
    var inputs: [TensorReference]
    /// What comes out.
    var outputs: [TensorReference]
}

extension ModelDescription {
    /// The names of the layers, with those of models in the model.
    var allLayerNames: Set<String> {
        Set(layers.map(\.name)).union(layers.compactMap(\.model).flatMap(\.allLayerNames))
    }

    /// The places of the layers that gradient descent may not change, those in frozen models among them.
    func frozenPaths(at path: [String], isFrozen: Bool) -> Set<[String]> {
        let isFrozen = isFrozen || !isTrainable
        var paths: Set<[String]> = []
        for layer in layers {
            let place = path + [layer.name]
            if let model = layer.model {
                paths.formUnion(model.frozenPaths(at: place, isFrozen: isFrozen))
            } else if isFrozen || !layer.isTrainable {
                paths.insert(place)
            }
        }
        return paths
    }
}

/// A layer in a configuration; perhaps a model.
struct LayerDescription: Sendable {
    /// The layer's name, unique in its model.
    var name: String
    /// Keras's name of the class, or a stranger's.
    var className: String
    /// The package that is said to have the class, where it is not one of Keras's own.
    var package: String?
    /// The hyper-parameters.
    var config: [String: JSONValue]
    /// The inputs of every call; a shared layer is called more than once.
    var calls: [LayerCall]
    /// What the layer consists of, if it is a model.
    var model: ModelDescription?

    /// Whether gradient descent may change it.
    var isTrainable: Bool { config["trainable"]?.bool ?? true }
}

/// A call of a layer.
struct LayerCall: Sendable {
    /// Where the inputs come from.
    var inputs: [TensorReference]
    /// What else was handed over, such as `training`.
    var arguments: [String: JSONValue] = [:]
    /// Whether it is written as Keras 3 writes it.
    var isKeras3 = false
}

/// An output of a call of a layer, as configurations write it: `["conv1", 0, 0]`.
struct TensorReference: Hashable, Sendable {
    var layer: String
    var call: Int
    var output: Int
}
