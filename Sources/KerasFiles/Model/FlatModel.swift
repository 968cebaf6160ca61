/// A model without models in it: the layers of all of them, each after those that it takes its inputs from.
struct FlatModel: Sendable {
    /// A call of a layer that is no model.
    struct Step: Sendable {
        /// The layer.
        var layer: LayerDescription
        /// What else than inputs was handed over.
        var arguments: [String: JSONValue]
        /// The name that is unique in the flat model.
        var name: String
        /// The models that the layer is in, from the second outermost on.
        var models: [String]
        /// Where the inputs come from: positions in the list of steps.
        var inputs: [Int]
        /// Where the layer's weights are in the tree of models.
        var place: LayerPlace
    }

    /// The model's name.
    var name: String
    /// The input layers, and then the others.
    var steps: [Step]
    /// How many input layers there are.
    var inputCount: Int
    /// The positions of the steps that make the outputs.
    var outputs: [Int]
}

/// Where a layer is in the tree of models, in the terms in which the two families of files say it.
struct LayerPlace: Hashable, Sendable {
    /// The names of the models and the layer, from the outermost one's layer on.
    var names: [String]
    /// Classes with counters, as Keras 3 calls the groups of its files: `functional`, `conv2d_3`.
    var keys: [String]
}
