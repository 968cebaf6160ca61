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
    /// The network's inputs.
    let inputs: [ValueID]
    /// The values that the network gives out.
    var outputs = [ValueID(index: 0)]

    init(inputs shapes: [Shape]) {
        self.shapes = shapes
        inputs = shapes.indices.map(ValueID.init)
    }

    /// The operations of a whole network, in the order of its layers.
    init(_ network: Network) {
        self.init(inputs: network.inputs.map { network.nodes[$0].outputShape })
        var values: [ValueID] = []
        for (position, node) in network.nodes.enumerated() {
            let input = network.inputs.firstIndex(of: position).map { inputs[$0] }
            values.append(input ?? node.layer.lower(node.inputs.map { values[$0] }, into: &self))
        }
        outputs = network.outputs.map { values[$0] }
        removeUnused()
    }

    /// The network's input; the first, where there are several.
    var input: ValueID { inputs[0] }

    /// The value that the network gives out; the first, where there are several.
    var output: ValueID { outputs[0] }

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
        /// A normalization of the last dimension.
        case layerNormalization(gamma: ParameterKey?, beta: ParameterKey?, epsilon: Float)
        case affine(ChannelAffine)
        case elementwise(ElementFunction)
        case parametricRectifier(slope: ParameterKey)
        /// `x` where it is greater, 0 elsewhere.
        case threshold(Float)
        case softmax(isLogarithmic: Bool)
        case pooling(PoolingKind, WindowGeometry)
        case zeroPadding(before: Pair, after: Pair)
        case crop(before: Pair)
        case resample(Interpolation, antialias: Bool)
        case reshape
        /// Which of the input's dimensions becomes each of the output's, without the batch.
        case permute([Int])
        /// Random numbers of a shape (without the batch), added to or multiplied by the input.
        case noise(Noise, BinaryFunction, drawn: Shape)
        case combine(BinaryFunction)
        /// The axis leaves out the batch.
        case concatenate(axis: Int)
    }

    var kind: Kind
    /// The layer that it came from: the last one, where several were fused.
    var layer: String
    var inputs: [ValueID]
    var output: ValueID
    /// A normalization by fixed numbers, folded into the convolution's kernel and bias.
    var foldedNormalization: FoldedNormalization?
    /// Whether the second input is added to the result before the functions.
    var accumulates = false
    /// Functions applied to the result before it is written.
    var functions: [ElementFunction] = []

    init(kind: Kind, layer: String, inputs: [ValueID], output: ValueID) {
        self.kind = kind
        self.layer = layer
        self.inputs = inputs
        self.output = output
    }
}

/// A batch normalization whose statistics do not change.
struct FoldedNormalization: Sendable {
    var keys: NormalizationKeys
    var epsilon: Float
    var channels: Int
}

/// A factor and a term a channel that follow from arrays that are not trained.
struct ChannelAffine: Sendable {
    /// The arrays.
    var keys: [ParameterKey]
    /// Works factors and terms out from the arrays.
    var factorsAndTerms: @Sendable ([Tensor]) -> (factors: [Float], terms: [Float])

    init(
        keys: [ParameterKey],
        _ factorsAndTerms: @escaping @Sendable ([Tensor]) -> (factors: [Float], terms: [Float])
    ) {
        self.keys = keys
        self.factorsAndTerms = factorsAndTerms
    }
}

/// A convolution's window and arrays.
struct Convolution: Sendable {
    /// How the channels lie in Keras's kernel.
    enum KernelLayout: Sendable {
        /// `[H, W, in / groups, out]`, the groups one after another in the last dimension.
        case grouped
        /// `[H, W, C, multiplier]`.
        case depthwise
        /// `[H, W, out, in]`, of a transposed convolution.
        case transposed
    }

    var window: WindowGeometry
    var groups: Int
    var kernelLayout: KernelLayout
    var kernel: ParameterKey
    var bias: ParameterKey?
}

/// The arrays of a batch normalization. Without running statistics it only scales and shifts: its mean is
/// always 0, and its variance what makes 1 with epsilon.
struct NormalizationKeys: Hashable, Sendable {
    var gamma: ParameterKey?
    var beta: ParameterKey?
    var movingMean: ParameterKey?
    var movingVariance: ParameterKey?
}

extension OperationGraph {
    /// Multiplies every channel by an element of one array and adds an element of another.
    mutating func scaleChannels(
        _ value: ValueID, gamma: ParameterKey?, beta: ParameterKey?, layer: String
    ) -> ValueID {
        append(
            .batchNormalization(
                NormalizationKeys(gamma: gamma, beta: beta), epsilon: NormalizationKeys.unitEpsilon,
                momentum: 0), to: [value], layer: layer)
    }
}

extension NormalizationKeys {
    /// The epsilon where there are no statistics. Not 0: the library takes the variance of the channels that
    /// fill up a block to be 0, and would divide by it.
    static let unitEpsilon: Float = 0x1p-10
}

/// What a pooling makes of a window.
enum PoolingKind: Sendable {
    case max
    case average
}

extension OperationGraph {
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
