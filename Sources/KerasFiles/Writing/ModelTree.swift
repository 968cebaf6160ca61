import Layers
import Tensors

/// A Keras model as it is to be written: layers, and models of layers, and who calls whom.
///
/// A ``Network`` is flat; models that were in a model are kept beside it, so that what goes back to Keras has them
/// again.
struct ModelTree: Sendable {
    /// What a layer of the model is.
    indirect enum Content: Sendable {
        /// Where pictures come in.
        case input(Shape)
        /// A layer of the network.
        case layer(Network.Node)
        /// A model of its own.
        case model(ModelTree)
    }

    /// A layer of the model.
    struct Entry: Sendable {
        /// Its name in the file.
        let name: String
        /// Whether gradient descent may change it.
        let isTrainable: Bool
        let content: Content
        /// Who hands what over, call by call.
        let calls: [Call]
    }

    /// A call of a layer.
    struct Call: Sendable {
        let inputs: [Source]
        /// Whether the layer is told to behave as in training.
        let training: Bool?
    }

    /// An output of a call of a layer.
    struct Source: Hashable, Sendable {
        /// The layer's position.
        let entry: Int
        let call: Int
        let output: Int
    }

    /// The model's name.
    let name: String
    /// Whether each layer just takes what the one before it gives.
    let isSequential: Bool
    /// Whether gradient descent may change it.
    let isTrainable: Bool
    /// The layers in the order in which Keras lists them.
    let entries: [Entry]
    let inputs: [Source]
    let outputs: [Source]

    /// The shape of what a layer gives out, without the batch.
    func shape(of source: Source) -> Shape {
        switch entries[source.entry].content {
        case .input(let shape): shape
        case .layer(let node): node.outputShape
        case .model(let model): model.shape(of: model.outputs[source.output])
        }
    }

    /// The layers with the names that Keras 3 gives to their groups in a file: classes and counters.
    var keyedEntries: [(key: String, entry: Entry)] {
        // Keras does not count a Sequential's input among its layers.
        let listed = isSequential ? entries.filter { !$0.isInput } : entries
        return Array(zip(KerasKeys.keys(of: listed.map(\.className)), listed))
    }
}

extension ModelTree.Entry {
    /// Keras's name of its class.
    var className: String {
        switch content {
        case .input: InputLayer.className
        case .layer(let node): node.layer.className
        case .model(let model): model.isSequential ? "Sequential" : "Functional"
        }
    }

    /// Whether pictures come in here.
    var isInput: Bool {
        if case .input = content { true } else { false }
    }

    /// The arrays in the order in which Keras lists those of a layer of an old file: first what is trained.
    var legacyArrays: (trained: [ModelTree.NamedKey], others: [ModelTree.NamedKey]) {
        switch content {
        case .input: return ([], [])
        case .layer(let node):
            let keys = node.parameterKeys.map { ModelTree.NamedKey(key: $0, name: "\(name)/\($0.name):0") }
            guard isTrainable else { return ([], keys) }
            let isTrained = node.parameters.map(\.isTrainable)
            return (
                zip(keys, isTrained).filter(\.1).map(\.0), zip(keys, isTrained).filter { !$0.1 }.map(\.0)
            )
        case .model(let model):
            let inner = model.entries.map(\.legacyArrays)
            let trained = isTrainable ? inner.flatMap(\.trained) : []
            let others = inner.flatMap { isTrainable ? $0.others : $0.trained + $0.others }
            return (trained.map { $0.inside(name) }, others.map { $0.inside(name) })
        }
    }
}

extension ModelTree {
    /// An array, and what an old file calls it.
    struct NamedKey: Sendable {
        let key: ParameterKey
        let name: String

        func inside(_ model: String) -> NamedKey { NamedKey(key: key, name: "\(model)/\(name)") }
    }
}
