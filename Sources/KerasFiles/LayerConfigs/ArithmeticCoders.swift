import Layers

extension LayerCoder {
    /// Arithmetic: layers that add and multiply what they get, and the operators `+`, `-`, `*` and `/` of
    /// Python, which Keras 2 calls `TFOpLambda` and Keras 3 by the operation. With a number on one side, an
    /// operator is a rescaling.
    static let arithmetic: [LayerCoder] =
        [
            LayerCoder(reading: "TFOpLambda") { config in
                let function = config.value("function")
                let name = function?.string?.split(separator: ".").last.map(String.init)
                if let name, let operation = Operation(rawValue: name) { return try operation.layer(config) }
                guard let name, Self.functions.contains(name), config.arguments.values.allSatisfy(\.isNull),
                    let activation = ActivationFunction(kerasName: name)
                else { throw config.problem(["function"], "an operator that is supported", function) }
                return Activation(config.name, activation)
            },
            LayerCoder(operation: "Add", Add.self),
            LayerCoder(operation: "Subtract", Subtract.self),
            LayerCoder(operation: "Multiply", Multiply.self),
            LayerCoder(operation: "TrueDivide", nil as Add.Type?),
            LayerCoder(operation: "Divide", nil as Add.Type?),
            LayerCoder(reading: "Gelu") { config in
                GELU(config.name, approximate: try config.bool("approximate", default: true))
            },
        ]
        + ["Relu", "Relu6", "Sigmoid", "Silu", "Tanh", "Softplus"].map { className in
            LayerCoder(reading: className) { config in
                guard let function = ActivationFunction(kerasName: className.lowercased()) else {
                    throw LayerConfig.Problem(reason: "is an unknown function")
                }
                return Activation(config.name, function)
            }
        }

    /// TensorFlow's functions of one tensor, in `tf.nn` and `tf.math`.
    private static let functions: Set = [
        "relu", "relu6", "sigmoid", "silu", "swish", "tanh", "softplus", "elu", "selu", "softmax",
    ]

    /// The classes whose calls may hand numbers over.
    static let operations: Set<String> = [
        "TFOpLambda", "Add", "Subtract", "Multiply", "TrueDivide", "Divide",
    ]

    /// A layer that has the same class name as an operation.
    private init<Value: Layer>(operation className: String, _ type: Value.Type?) {
        classNames = [className]
        decode = { config in
            guard let operation = Operation(rawValue: className.lowercased()) else {
                throw LayerConfig.Problem(reason: "is an unknown operation")
            }
            return try operation.layer(config)
        }
        encode = { $0 is Value && type != nil ? [:] : nil }
    }

    /// What two operands become.
    private enum Operation: String {
        case add, subtract, multiply, truediv

        init?(rawValue: String) {
            switch rawValue {
            case "add": self = .add
            case "subtract", "sub": self = .subtract
            case "multiply", "mul": self = .multiply
            case "truediv", "truedivide", "divide": self = .truediv
            default: return nil
            }
        }

        func layer(_ config: LayerConfig) throws -> any Layer {
            let numbers = config.arguments.filter { $0.value.number != nil }
            guard let (place, value) = numbers.first, numbers.count == 1 else {
                switch self {
                case .add: return Add(config.name)
                case .subtract: return Subtract(config.name)
                case .multiply: return Multiply(config.name)
                case .truediv: throw LayerConfig.Problem(reason: "divides by something else than a number")
                }
            }
            guard let number = value.number, number.isFinite else {
                throw LayerConfig.Problem(reason: "computes with \(value.text)")
            }
            // x - 1, or 1 - x.
            let isFirst = place == "args[0]" || place == "x"
            switch self {
            case .add: return Rescaling(config.name, scale: 1, offset: Float(number))
            case .multiply: return Rescaling(config.name, scale: Float(number))
            case .subtract:
                return Rescaling(
                    config.name, scale: isFirst ? -1 : 1, offset: Float(isFirst ? number : -number))
            case .truediv:
                guard !isFirst, number != 0 else {
                    throw LayerConfig.Problem(reason: "divides by something else than a number")
                }
                return Rescaling(config.name, scale: Float(1 / number))
            }
        }
    }
}
