import Tensors

/// Chooses primitives and memory for an ``OperationGraph``: first the forward pass, then, where there is
/// something to train, the backward pass.
struct PlanCompiler {
    /// How many pictures the operations that are compiled now work on: the plan's batch, or a part of it.
    var batch: Int
    let graph: OperationGraph
    let mode: ExecutionPlan.Mode
    let specs: [ParameterKey: ParameterSpec]
    let differentiable: Set<ValueID>

    var program = ProgramBuilder()
    /// The buffers that hold a value, in the layouts it was wanted in so far; the first is as computed.
    var representations: [ValueID: [BufferID]] = [:]
    /// What the forward pass keeps for the backward pass, by the operation's position.
    var records: [Int: ForwardRecord] = [:]
    var gradients: [ValueID: Gradient] = [:]
    /// The copies of kernels that do not change, by their layouts.
    var preparedKernels: [ParameterKey: [BufferID]] = [:]
    /// The biases with a normalization folded in, by their kernels.
    var foldedBiases: [ParameterKey: BufferID] = [:]
    var bindings = PlanBindings()
    /// Gradients that have steps now but were not handed over yet.
    var pendingGradients: [BufferID] = []
    /// Gradients of matrices, which are left for the end of the backward pass.
    var postponedGradients: [PostponedGradient] = []

    /// The arrays of shared layers.
    let sharedKeys: Set<ParameterKey>
    /// The gradients of each of their calls, to be added at the end.
    var sharedGradients: [ParameterKey: [BufferID]] = [:]

    /// The gradient of a value so far.
    struct Gradient {
        var buffer: BufferID
        /// Whether it may be overwritten: nobody else refers to the buffer.
        var isOwned: Bool
    }

    /// What an operation's backward step needs from its forward step.
    struct ForwardRecord {
        var primitive: Primitive
        var workspace: BufferID?
        var mean: BufferID?
        var variance: BufferID?
        /// What the input was combined with: a mask, factors, slopes.
        var operand: BufferID?
    }

    init(network: Network, batch: Int, mode: ExecutionPlan.Mode) {
        self.batch = batch
        self.mode = mode
        graph = GraphFusion.fused(OperationGraph(network), for: mode)
        sharedKeys = graph.sharedKeys()
        specs = Dictionary(uniqueKeysWithValues: network.parameters.map { ($0.key, $0.spec) })
        differentiable = graph.differentiable(mode.isTrainable, input: mode.wantsInputGradient)
        for input in graph.inputs {
            let given = program.externalBuffer(graph.shape(of: input).rowMajor(batch: batch))
            bindings.inputs.append(given)
            representations[input] = [given]
        }
    }

    /// Compiles everything.
    mutating func compile() throws(TensorError) {
        let inParts = try compileInParts()
        for index in graph.operations.indices.dropFirst(inParts) { try compileForward(index) }
        bindings.outputs = try graph.outputs.map { value throws(TensorError) in try outputBuffer(value) }
        guard mode.isTraining, differentiable.contains(graph.output) else { return }
        let given = program.externalBuffer(shape(graph.output).rowMajor(batch: batch))
        bindings.outputGradient = given
        gradients[graph.output] = Gradient(buffer: given, isOwned: false)
        for index in graph.operations.indices.reversed() {
            try compileBackward(index)
            handOverGradients()
        }
        try compilePostponedGradients()
        try addSharedGradients()
        handOverGradients()
        guard mode.wantsInputGradient, let gradient = gradients[graph.input] else { return }
        let result = program.persistentBuffer(shape(graph.input).rowMajor(batch: batch))
        try copy(gradient.buffer, to: result, in: .backward)
        bindings.inputGradient = result
    }

    private mutating func outputBuffer(_ value: ValueID) throws(TensorError) -> BufferID {
        let result = program.persistentBuffer(shape(value).rowMajor(batch: batch))
        try copy(primary(value), to: result, in: .forward)
        return result
    }

    // MARK: Values

    func shape(_ value: ValueID) -> Shape { graph.shape(of: value) }
    func layout(_ buffer: BufferID) -> MemoryDescriptor { program.descriptor(of: buffer) }
    func primary(_ value: ValueID) -> BufferID { representations[value]![0] }
    func needsGradient(_ value: ValueID) -> Bool { differentiable.contains(value) }

    /// A value in a layout, copied into it where it does not lie so already.
    mutating func fetch(
        _ value: ValueID, as layout: MemoryDescriptor, in section: ProgramBuilder.Section = .forward
    ) throws(TensorError) -> BufferID {
        if let present = representations[value]!.first(where: { self.layout($0) == layout }) {
            return present
        }
        let copied = program.workspaceBuffer(layout)
        try copy(primary(value), to: copied, in: section)
        representations[value]!.append(copied)
        return copied
    }

    mutating func copy(
        _ source: BufferID, to destination: BufferID, in section: ProgramBuilder.Section
    ) throws(TensorError) {
        let primitive = try Reorder.primitive(from: layout(source), to: layout(destination))
        program.run(primitive, in: section, [.source: source, .destination: destination])
    }

    /// A buffer in a layout: itself, or a copy.
    mutating func converted(
        _ buffer: BufferID, to layout: MemoryDescriptor, in section: ProgramBuilder.Section
    ) throws(TensorError) -> BufferID {
        guard self.layout(buffer) != layout else { return buffer }
        let copied = program.workspaceBuffer(layout)
        try copy(buffer, to: copied, in: section)
        return copied
    }

    /// Some pictures of a buffer, as many as a layout has.
    mutating func pictures(of buffer: BufferID, from first: Int, like part: MemoryDescriptor) -> BufferID {
        guard layout(buffer) != part else { return buffer }
        return program.view(of: buffer, as: part, byteOffset: part.byteCount / part.dimensions[0] * first)
    }

    /// A new buffer that becomes a value's only representation.
    mutating func define(_ value: ValueID, _ layout: MemoryDescriptor) -> BufferID {
        let buffer = program.workspaceBuffer(layout)
        representations[value] = [buffer]
        return buffer
    }

    /// Whether an operation may write its result over a value: nothing reads the value later, forward or
    /// backward, and its memory is nobody else's.
    func mayOverwrite(_ value: ValueID, at position: Int) -> Bool {
        let views = graph.views(of: value)
        guard views.isDisjoint(with: graph.outputs), !graph.inputs.contains(value),
            let producer = graph.operations.first(where: { $0.output == value })
        else { return false }
        if case .reshape = producer.kind { return false }
        let readers = graph.operations.indices.filter { !views.isDisjoint(with: graph.operations[$0].inputs) }
        guard readers.allSatisfy({ $0 <= position }) else { return false }
        // A frozen value is read again in the backward pass by whatever is trained on it.
        let readAgain = readers.contains { $0 != position && needsGradient(graph.operations[$0].output) }
        guard needsGradient(value) else { return !readAgain }
        return readers == [position] && !producer.gradientReadsOutput
    }

    // MARK: Arrays

    /// One array as it lies in the parameter store.
    mutating func parameter(_ key: ParameterKey, as layout: MemoryDescriptor? = nil) -> BufferID {
        let layout = layout ?? MemoryDescriptor(rowMajor: specs[key]!.shape.dimensions)
        let buffer = program.externalBuffer(layout)
        bindings.parameters.append((key, buffer))
        return buffer
    }

    /// The extents of a convolution's kernel; a matrix is a kernel of one pixel.
    func kernelShape(_ convolution: Convolution) -> Shape {
        let shape = specs[convolution.kernel]!.shape
        return Shape([Int](repeating: 1, count: 4 - shape.rank) + shape.dimensions)
    }

    /// A convolution's kernel, normalization folded in, in the layout that its primitive wants.
    mutating func kernel(
        of operation: Operation, _ convolution: Convolution, as layout: MemoryDescriptor,
        in section: ProgramBuilder.Section
    ) throws(TensorError) -> BufferID {
        let kerasLayout = convolution.kerasLayout(kernelShape(convolution))
        if mode.isTrainable(convolution.kernel) {
            // It changes in every step, so that nothing is gained by keeping a copy.
            return try converted(parameter(convolution.kernel, as: kerasLayout), to: layout, in: section)
        }
        if let present = preparedKernels[convolution.kernel]?.first(where: { self.layout($0) == layout }) {
            return present
        }
        let source = program.externalBuffer(kerasLayout)
        let prepared = program.persistentBuffer(layout)
        let number = program.prepare(
            try Reorder.primitive(from: self.layout(source), to: layout), from: source, to: prepared)
        bindings.kernels.append(
            PlanBindings.Kernel(
                key: convolution.kernel, folding: operation.foldedNormalization,
                run: convolution.kernelLayout == .transposed ? kernelShape(convolution)[3] : 1,
                source: source, preparation: number))
        preparedKernels[convolution.kernel, default: []].append(prepared)
        return prepared
    }

    /// A convolution's bias, normalization folded in; nil where it has none.
    mutating func bias(
        of operation: Operation, _ convolution: Convolution, channels: Int
    ) -> BufferID? {
        guard let folding = operation.foldedNormalization else {
            return convolution.bias.map { parameter($0) }
        }
        if let present = foldedBiases[convolution.kernel] { return present }
        let buffer = program.persistentBuffer(MemoryDescriptor(rowMajor: [channels]))
        foldedBiases[convolution.kernel] = buffer
        bindings.foldedBiases.append(
            PlanBindings.FoldedBias(bias: convolution.bias, folding: folding, buffer: buffer))
        return buffer
    }
}
