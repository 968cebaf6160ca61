import Tensors

extension OperationGraph {
    /// Applies an activation: one operation where the library has it.
    mutating func activate(_ value: ValueID, with function: ActivationFunction, layer: String) -> ValueID {
        switch function {
        case .softmax: append(.softmax(isLogarithmic: false), to: [value], layer: layer)
        case .logSoftmax: append(.softmax(isLogarithmic: true), to: [value], layer: layer)
        case .hardShrink: shrinkHard(value, layer)
        case .softShrink:
            subtract(apply([.clip(low: -0.5, high: 0.5)], to: value, layer), from: value, layer)
        case .tanhShrink: subtract(apply([.tanh], to: value, layer), from: value, layer)
        case .softsign:
            append(
                .combine(.multiply),
                to: [value, apply([.absolute, .linear(scale: 1, shift: 1), .reciprocal], to: value, layer)],
                layer: layer)
        case .squareplus: squareplus(value, layer)
        default: apply(function.elementFunctions, to: value, layer)
        }
    }

    private mutating func apply(
        _ functions: [ElementFunction], to value: ValueID, _ layer: String
    ) -> ValueID {
        functions.reduce(value) { append(.elementwise($1), to: [$0], layer: layer) }
    }

    private mutating func subtract(_ value: ValueID, from other: ValueID, _ layer: String) -> ValueID {
        append(.combine(.subtract), to: [other, value], layer: layer)
    }

    /// What is above 0.5, less what is above 0.5 of the opposite.
    private mutating func shrinkHard(_ value: ValueID, _ layer: String) -> ValueID {
        let above = append(.threshold(0.5), to: [value], layer: layer)
        let opposite = apply([.linear(scale: -1, shift: 0)], to: value, layer)
        return subtract(append(.threshold(0.5), to: [opposite], layer: layer), from: above, layer)
    }

    private mutating func squareplus(_ value: ValueID, _ layer: String) -> ValueID {
        let root = apply([.square, .linear(scale: 1, shift: 4), .squareRoot], to: value, layer)
        let sum = append(.combine(.add), to: [value, root], layer: layer)
        return apply([.linear(scale: 0.5, shift: 0)], to: sum, layer)
    }
}

extension ActivationFunction {
    /// Functions of one element that make up the activation when applied one after another.
    fileprivate var elementFunctions: [ElementFunction] {
        switch self {
        case .relu: [.relu]
        case .relu6: [.clip(low: 0, high: 6)]
        case .leakyRelu: [.leakyRelu(slope: 0.2)]
        case .elu: [.elu(alpha: 1)]
        // Klambauer et al. derive the numbers in their appendix.
        case .selu: [.elu(alpha: 1.673_263_2), .linear(scale: 1.050_701, shift: 0)]
        case .gelu: [.gelu]
        case .sigmoid: [.sigmoid]
        case .tanh: [.tanh]
        case .swish: [.swish]
        case .hardSwish: [.hardSwish]
        case .hardSigmoid: [.linear(scale: 1 / 6, shift: 0.5), .clip(low: 0, high: 1)]
        case .hardTanh: [.clip(low: -1, high: 1)]
        case .mish: [.mish]
        case .exponential: [.exponential]
        case .softplus: [.softplus]
        case .logSigmoid: [.logSigmoid]
        case .sparseSigmoid: [.linear(scale: 0.5, shift: 0.5), .clip(low: 0, high: 1)]
        case .linear, .softmax, .logSoftmax, .tanhShrink, .softShrink, .hardShrink, .softsign, .squareplus:
            []
        }
    }
}
