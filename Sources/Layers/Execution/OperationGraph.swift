import Tensors

/// A tensor that flows between operations.
public struct ValueID: Hashable, Sendable {
    let index: Int
}

/// A network written as the compute library's operations, before any of them is chosen in detail.
///
/// Layers lower themselves into it; passes then fuse and fold; `ExecutionPlan` compiles what is left.
public struct OperationGraph: Sendable {
    var operations: [Operation] = []
    private(set) var shapes: [Shape]

    init(input shape: Shape) { shapes = [shape] }

    /// The network's input.
    var input: ValueID { ValueID(index: 0) }

    /// The shape of a value, without the batch.
    func shape(of value: ValueID) -> Shape { shapes[value.index] }

    /// Adds an operation and returns its output, which has the first input's shape unless another is given.
    mutating func append(
        _ kind: Operation.Kind, to inputs: [ValueID], layer: String, shape: Shape? = nil
    ) -> ValueID {
        let output = ValueID(index: shapes.count)
        shapes.append(shape ?? self.shape(of: inputs[0]))
        operations.append(Operation(kind: kind, layer: layer, inputs: inputs, output: output))
        return output
    }
}

/// One operation of an ``OperationGraph``.
struct Operation: Sendable {
    enum Kind: Sendable {
        case convolution(Convolution)
        case innerProduct(kernel: ParameterKey, bias: ParameterKey?)
        case batchNormalization(NormalizationKeys, epsilon: Float, momentum: Float)
        case elementwise(Elementwise)
        case softmax
        case pooling(PoolingKind, WindowGeometry)
        case zeroPadding(before: Pair, after: Pair)
        case reshape
        case dropout(rate: Float)
        case add
        case multiply
        case concatenate
    }

    var kind: Kind
    /// The layer that it came from: the last one, where several were fused.
    var layer: String
    var inputs: [ValueID]
    var output: ValueID
}

/// A convolution's window and arrays.
struct Convolution: Sendable {
    /// How the channels lie in Keras's kernel.
    enum KernelLayout: Sendable {
        /// `[H, W, in / groups, out]`, the groups one after another in the last dimension.
        case grouped
        /// `[H, W, C, multiplier]`.
        case depthwise
    }

    var window: WindowGeometry
    var groups: Int
    var kernelLayout: KernelLayout
    var kernel: ParameterKey
    var bias: ParameterKey?
}

/// The arrays of a batch normalization.
struct NormalizationKeys: Hashable, Sendable {
    var gamma: ParameterKey?
    var beta: ParameterKey?
    var movingMean: ParameterKey
    var movingVariance: ParameterKey
}

/// What a pooling makes of a window.
enum PoolingKind: Sendable {
    case max
    case average
}

/// A function of one element.
enum Elementwise: Hashable, Sendable {
    case relu
    /// `min(max(x, low), high)`.
    case clip(Float, Float)
    case sigmoid
    case tanh
    case swish
    case hardSwish
    /// `scale · x + shift`.
    case linear(scale: Float, shift: Float)
}

extension OperationGraph {
    mutating func activate(_ value: ValueID, with function: ActivationFunction, layer: String) -> ValueID {
        switch function {
        case .linear: return value
        case .softmax: return append(.softmax, to: [value], layer: layer)
        case .relu: return append(.elementwise(.relu), to: [value], layer: layer)
        case .relu6: return append(.elementwise(.clip(0, 6)), to: [value], layer: layer)
        case .sigmoid: return append(.elementwise(.sigmoid), to: [value], layer: layer)
        case .tanh: return append(.elementwise(.tanh), to: [value], layer: layer)
        case .swish: return append(.elementwise(.swish), to: [value], layer: layer)
        case .hardSwish: return append(.elementwise(.hardSwish), to: [value], layer: layer)
        case .hardSigmoid:
            let line = append(
                .elementwise(.linear(scale: 1 / 6, shift: 0.5)), to: [value], layer: layer)
            return append(.elementwise(.clip(0, 1)), to: [line], layer: layer)
        }
    }

    mutating func pool(
        _ value: ValueID, _ kind: PoolingKind, size: Pair, strides: Pair, padding: Padding, layer: String,
        shape: Shape
    ) -> ValueID {
        let window = WindowGeometry(
            input: self.shape(of: value).dimensions, kernel: size, strides: strides, padding: padding)
        return append(.pooling(kind, window), to: [value], layer: layer, shape: shape)
    }

    mutating func poolGlobally(
        _ value: ValueID, _ kind: PoolingKind, keepDimensions: Bool, layer: String
    ) -> ValueID {
        let input = shape(of: value)
        let whole = Pair(input[0], input[1])
        let pooled = pool(
            value, kind, size: whole, strides: whole, padding: .valid, layer: layer, shape: [1, 1, input[2]])
        return keepDimensions ? pooled : append(.reshape, to: [pooled], layer: layer, shape: [input[2]])
    }
}
