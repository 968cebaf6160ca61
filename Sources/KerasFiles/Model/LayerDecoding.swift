import Layers
import Tensors

/// Turns the steps of a flat model into layers, and gathers all those for which there are none.
struct LayerDecoding {
    /// A layer with its place in the model.
    struct Decoded {
        let step: FlatModel.Step
        let layer: any Layer
        /// The rank of the input, batch included, that the layer's configuration is for; nil for any.
        let requiredInputRank: Int?
        /// The height and width of the output, where the layer's configuration tells.
        let requiredOutputSize: Pair?
        fileprivate let kerasMajor: Int

        /// The layer that the step would be with other hyper-parameters.
        func reading(_ members: [String: JSONValue]) throws -> any Layer {
            var step = step
            step.layer.config.merge(members) { $1 }
            return try LayerCoder.of(step.layer.className)?.decode(LayerConfig(step, kerasMajor)) ?? layer
        }
    }

    private(set) var unsupported = UnsupportedLayers()
    /// What was passed over, in words.
    private(set) var notes: [String] = []
    private let kerasMajor: Int

    init(kerasMajor: Int) { self.kerasMajor = kerasMajor }

    /// The layers of all steps but the inputs; nil in the place of those not supported.
    mutating func decode(_ model: FlatModel) -> [Decoded?] {
        var keys: [String: [String]] = [:]
        let layers = model.steps.dropFirst(model.inputCount).map { step in decode(step, passedOver: &keys) }
        for (key, names) in keys.sorted(by: { $0.key < $1.key }) {
            notes.append(
                "\(key) is passed over, in \(names.count == 1 ? "" : "\(names.count) layers from ")'\(names[0])'"
            )
        }
        return layers
    }

    private mutating func decode(
        _ step: FlatModel.Step, passedOver: inout [String: [String]]
    ) -> Decoded? {
        let layer = step.layer
        guard layer.package == nil, let coder = LayerCoder.of(layer.className) else {
            unsupported.add(step, layer.package.map { "is of the package \($0)" })
            return nil
        }
        let config = LayerConfig(step, kerasMajor)
        do {
            try config.checkCommonKeys()
            if !LayerCoder.operations.contains(layer.className) { try check(step.arguments) }
            let decoded = try coder.decode(config)
            if let numbers = config.foreignNumbers {
                passedOver["'dtype' (\(numbers), here float32) of \(layer.className)", default: []].append(
                    step.name)
            }
            for key in config.unknownKeys {
                passedOver["'\(key)' of \(layer.className)", default: []].append(step.name)
            }
            return Decoded(
                step: step, layer: decoded, requiredInputRank: config.requiredInputRank,
                requiredOutputSize: config.requiredOutputSize, kerasMajor: kerasMajor)
        } catch {
            let problem = error as? LayerConfig.Problem
            unsupported.add(step, problem?.reason ?? "\(error)")
            return nil
        }
    }

    /// A call may carry arguments beside the inputs: none is supported that changes the result.
    private func check(_ arguments: [String: JSONValue]) throws {
        // Inference mode while training is what a frozen layer does; at inference it says nothing. Training mode
        // at inference is what Keras 2 does if it is told so; the models of Keras 3 overrule it.
        let harmless = arguments.filter {
            $0.value.isNull || ($0.key == "training" && ($0.value == false || kerasMajor >= 3))
        }
        for (name, value) in arguments.sorted(by: { $0.key < $1.key }) where harmless[name] == nil {
            throw LayerConfig.Problem(reason: "is called with \(name) = \(Optional(value).excerpt)")
        }
    }
}

extension LayerConfig {
    fileprivate convenience init(_ step: FlatModel.Step, _ kerasMajor: Int) {
        self.init(
            name: step.name, className: step.layer.className, members: step.layer.config,
            arguments: step.arguments, kerasMajor: kerasMajor)
    }
}
