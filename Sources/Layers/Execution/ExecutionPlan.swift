import Tensors

/// A network compiled for one batch size and one use: primitives chosen, operations fused, layouts kept
/// between layers, memory laid out.
///
/// A plan is made once and run many times; running it allocates nothing but the result. The arrays stay
/// with the caller: kernels are brought into the layout that the processor likes when they have changed
/// since the last run, and only then.
/// ```swift
/// let plan = try ExecutionPlan(network, batchSize: 16)
/// let probabilities = try plan.forward(pictures, parameters)
/// ```
public final class ExecutionPlan {
    /// How many inputs a run takes.
    public let batchSize: Int
    /// What the plan is for.
    public let mode: Mode
    /// The network.
    public let network: Network

    private let program: Program
    private let bindings: PlanBindings
    private let outputShape: Shape
    private let keysOfGradients: [BufferID: ParameterKey]
    private var kernelStamps: [[UInt64]]
    private var biasStamps: [[UInt64]]
    private var affineStamps: [[UInt64]]

    /// Compiles a network.
    /// - Parameter workspace: memory to share with plans that never run at the same time.
    /// - Throws: ``TensorError`` where the library cannot do what the network asks for, or memory is short.
    public init(
        _ network: Network, batchSize: Int, mode: Mode = .inference, workspace: Workspace = Workspace()
    ) throws {
        guard network.outputs.count == 1 || !mode.isTraining else {
            throw LayerError.severalEnds(of: network)
        }
        var compiler = PlanCompiler(network: network, batch: batchSize, mode: mode)
        try compiler.compile()
        self.network = network
        self.batchSize = batchSize
        self.mode = mode
        bindings = compiler.bindings
        keysOfGradients = Dictionary(
            uniqueKeysWithValues: bindings.gradients.map { ($0.value, $0.key) })
        outputShape = network.outputShape.batched(batchSize)
        program = try Program(compiler.program, workspace: workspace)
        kernelStamps = Array(repeating: [], count: bindings.kernels.count)
        biasStamps = Array(repeating: [], count: bindings.foldedBiases.count)
        affineStamps = Array(repeating: [], count: bindings.affines.count)
    }

    /// How many bytes the plan needs for intermediate values.
    public var workspaceByteCount: Int { program.workspaceByteCount }

    /// How many bytes the plan holds for kernels in the processor's layout and for gradients.
    public var persistentByteCount: Int { program.persistentByteCount }

    /// Runs the network.
    /// - Parameters:
    ///   - input: `[N, H, W, C]`, of the plan's batch size.
    ///   - parameters: the network's arrays.
    ///   - seed: the base of dropout's random numbers.
    /// - Returns: `[N, …]`.
    /// - Throws: ``LayerError`` where an array or the input has another shape, ``TensorError``.
    public func forward(_ input: Tensor, _ parameters: Parameters, seed: UInt64 = 0) throws -> Tensor {
        guard network.outputs.count == 1 else { throw LayerError.severalEnds(of: network) }
        return try forward([input], parameters, seed: seed)[0]
    }

    /// Runs a network that has several inputs or several outputs.
    /// - Parameters:
    ///   - inputs: one for each of ``Network/inputs``, `[N, …]`.
    ///   - parameters: the network's arrays.
    ///   - seed: the base of dropout's random numbers.
    /// - Returns: one for each of ``Network/outputs``, `[N, …]`.
    /// - Throws: ``LayerError`` where an array or an input has another shape, ``TensorError``.
    public func forward(_ inputs: [Tensor], _ parameters: Parameters, seed: UInt64 = 0) throws -> [Tensor] {
        guard inputs.count == network.inputs.count else { throw LayerError.severalEnds(of: network) }
        for (input, position) in zip(inputs, network.inputs) {
            let expected = network.nodes[position].outputShape.batched(batchSize)
            guard input.shape == expected else {
                throw LayerError.networkInput(network: network.name, expected: expected, found: input.shape)
            }
        }
        return try withExtendedLifetime((inputs, parameters)) {
            try bind(parameters)
            for (input, buffer) in zip(inputs, bindings.inputs) { program.bind(buffer, to: input) }
            program.noiseSeed = seed
            try program.run(.forward)
            return zip(network.outputs, bindings.outputs).map { position, buffer in
                tensor(of: buffer, shape: network.nodes[position].outputShape.batched(batchSize))
            }
        }
    }

    /// Runs the backward pass of the last forward pass, with the same input and arrays.
    /// - Parameter gradient: of the loss with respect to the output, `[N, …]`.
    public func backward(
        _ gradient: Tensor, input: Tensor, _ parameters: Parameters
    ) throws {
        try backward(gradient, inputs: [input], parameters)
    }

    /// Runs the backward pass of the last forward pass of a network that may have several inputs; only the first
    /// of them gets a gradient.
    /// - Parameter gradient: of the loss with respect to the output, `[N, …]`.
    public func backward(
        _ gradient: Tensor, inputs: [Tensor], _ parameters: Parameters
    ) throws {
        guard let outputGradient = bindings.outputGradient else { return }
        precondition(gradient.shape == outputShape, "a gradient of \(gradient.shape) for \(outputShape)")
        let expected = network.inputs.map { network.nodes[$0].outputShape.batched(batchSize) }
        precondition(inputs.map(\.shape) == expected, "inputs of \(inputs.map(\.shape))")
        try withExtendedLifetime((gradient, inputs, parameters)) {
            // Equal tensors may lie elsewhere than those of the forward pass, which may be gone.
            try bind(parameters)
            for (buffer, input) in zip(bindings.inputs, inputs) { program.bind(buffer, to: input) }
            program.bind(outputGradient, to: gradient)
            try program.run(.backward)
        }
    }

    /// Runs the backward pass of the last forward pass, and updates the arrays as it goes: each is changed
    /// when its gradient is known and nothing needs its old elements any more.
    /// - Parameters:
    ///   - gradient: of the loss with respect to the output, `[N, …]`.
    ///   - update: changes an array by means of its gradient, which it may change too.
    public func backward(
        _ gradient: Tensor, input: Tensor, updating parameters: inout Parameters,
        _ update: (ParameterKey, inout Tensor, inout MutableSpan<Float>) throws -> Void
    ) throws {
        guard let outputGradient = bindings.outputGradient else { return }
        precondition(!mode.keepsGradients, "the gradients are kept; they are not handed over")
        precondition(gradient.shape == outputShape, "a gradient of \(gradient.shape) for \(outputShape)")
        try withExtendedLifetime((gradient, input)) {
            program.bind(outputGradient, to: gradient)
            try program.run(.backward) { buffer in
                guard let key = keysOfGradients[buffer] else { return }
                try program.withMutableElements(of: buffer) { gradient in
                    _ = try parameters.update(key) { tensor in try update(key, &tensor, &gradient) }
                }
            }
        }
    }

    /// The arrays that the backward pass works out gradients for.
    public var gradientKeys: [ParameterKey] {
        network.parameters.map(\.key).filter { bindings.gradients[$0] != nil }
    }

    /// Lends the gradient of an array, in the array's own layout; nil where there is none, or it was not kept.
    public func withGradient<Result>(
        of key: ParameterKey, _ body: (Span<Float>) throws -> Result
    ) rethrows -> Result? {
        guard mode.keepsGradients, let buffer = bindings.gradients[key] else { return nil }
        return try program.withElements(of: buffer, body)
    }

    /// The gradient of an array, copied; nil where there is none.
    public func gradient(of key: ParameterKey) -> Tensor? {
        guard mode.keepsGradients, let buffer = bindings.gradients[key],
            let spec = network.parameters.first(where: { $0.key == key })?.spec
        else { return nil }
        return tensor(of: buffer, shape: spec.shape)
    }

    /// Lends the gradient of an array to be changed: clipped, say.
    public func withMutableGradient<Result>(
        of key: ParameterKey, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result? {
        guard mode.keepsGradients, let buffer = bindings.gradients[key] else { return nil }
        return try program.withMutableElements(of: buffer, body)
    }

    /// The gradient with respect to the input, `[N, H, W, C]`, where the mode asks for it.
    public var inputGradient: Tensor? {
        bindings.inputGradient.map { tensor(of: $0, shape: network.inputShape.batched(batchSize)) }
    }

    /// A copy of what a buffer that is row-major holds.
    private func tensor(of buffer: BufferID, shape: Shape) -> Tensor {
        Tensor(shape: shape) { result in
            program.withElements(of: buffer) { computed in
                for index in result.indices { result[index] = computed[index] }
            }
        }
    }

    /// Moves the running statistics of the normalizations that used the batch's own:
    /// `moving = momentum · moving + (1 − momentum) · batch`.
    /// - Parameter momentum: instead of the layers' own.
    public func updateStatistics(of parameters: inout Parameters, momentum common: Float? = nil) {
        for statistics in bindings.statistics {
            let momentum = common ?? statistics.momentum
            for (key, buffer) in [
                (statistics.movingMean, statistics.mean),
                (statistics.movingVariance, statistics.variance),
            ] {
                _ = parameters.update(key) { moving in
                    moving.withMutableElements { moving in
                        program.withElements(of: buffer) { batch in
                            for index in moving.indices {
                                moving[index] = moving[index] * momentum + batch[index] * (1 - momentum)
                            }
                        }
                    }
                }
            }
        }
    }

    // MARK: Arrays

    private func bind(_ parameters: Parameters) throws {
        for (key, buffer) in bindings.parameters {
            program.bind(buffer, to: try tensor(key, in: parameters))
        }
        for index in bindings.kernels.indices { try refreshKernel(index, parameters) }
        for index in bindings.foldedBiases.indices { try refreshBias(index, parameters) }
        for index in bindings.affines.indices { try refreshAffine(index, parameters) }
    }

    private func tensor(_ key: ParameterKey, in parameters: Parameters) throws(LayerError) -> Tensor {
        guard let tensor = parameters[key] else { throw .missingParameter(key) }
        return tensor
    }

    private func refreshKernel(_ index: Int, _ parameters: Parameters) throws {
        let kernel = bindings.kernels[index]
        let keys = [kernel.key] + (kernel.folding?.allKeys ?? [])
        let stamps = try keys.map { try tensor($0, in: parameters).stamp }
        guard stamps != kernelStamps[index] else { return }
        var source = try tensor(kernel.key, in: parameters)
        if let folding = kernel.folding {
            source = FoldedNormalization.scaled(
                source, by: folding.factorsAndTerms(parameters).factors, run: kernel.run)
        }
        program.bind(kernel.source, to: source)
        try withExtendedLifetime(source) { try program.prepare(kernel.preparation) }
        kernelStamps[index] = stamps
    }

    private func refreshBias(_ index: Int, _ parameters: Parameters) throws {
        let folded = bindings.foldedBiases[index]
        let keys = folded.folding.allKeys + (folded.bias.map { [$0] } ?? [])
        let stamps = try keys.map { try tensor($0, in: parameters).stamp }
        guard stamps != biasStamps[index] else { return }
        let bias = try folded.bias.map { try tensor($0, in: parameters).elements }
        let (factors, terms) = folded.folding.factorsAndTerms(parameters)
        program.withMutableElements(of: folded.buffer) { result in
            for channel in factors.indices {
                result[channel] = terms[channel] + (bias.map { $0[channel] * factors[channel] } ?? 0)
            }
        }
        biasStamps[index] = stamps
    }

    private func refreshAffine(_ index: Int, _ parameters: Parameters) throws {
        let bound = bindings.affines[index]
        let arrays = try bound.affine.keys.map { try tensor($0, in: parameters) }
        guard arrays.map(\.stamp) != affineStamps[index] else { return }
        let (factors, terms) = bound.affine.factorsAndTerms(arrays)
        for (values, buffer) in [(factors, bound.factors), (terms, bound.terms)] {
            program.withMutableElements(of: buffer) { result in
                for channel in values.indices { result[channel] = values[channel] }
            }
        }
        affineStamps[index] = arrays.map(\.stamp)
    }
}

extension FoldedNormalization {
    /// The arrays that the fold depends on.
    var allKeys: [ParameterKey] {
        [keys.movingMean, keys.movingVariance, keys.gamma, keys.beta].compactMap { $0 }
    }
}
