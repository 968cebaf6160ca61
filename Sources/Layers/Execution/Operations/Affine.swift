import Tensors

// A fixed factor and term a channel: a batch normalization whose mean is 0 and whose deviation is 1.

extension PlanCompiler {
    mutating func scale(
        _ index: Int, _ operation: Operation, _ affine: ChannelAffine
    ) throws(TensorError) {
        let (factors, terms) = factorsAndTerms(affine, channels: shape(operation.output)[-1])
        let options = NormalizationOptions(
            epsilon: NormalizationKeys.unitEpsilon, scale: true, shift: true, usesGivenStatistics: true,
            fusesRelu: false)
        let source = asImage(primary(operation.inputs[0]))
        let primitive = try options.forward(layout(source), forTraining: false)
        let destination = define(operation.output, layout(primary(operation.inputs[0])))
        program.run(
            primitive, in: .forward,
            arguments: [
                (.source, source), (.destination, asImage(destination)),
                (.mean, constant(0, layout(factors))),
                (.variance, constant(1 - options.epsilon, layout(factors))),
                (.scale, factors), (.shift, terms),
            ])
        records[index] = ForwardRecord(primitive: primitive, operand: factors)
    }

    mutating func scale(
        _ index: Int, _ operation: Operation, _ gradient: Gradient
    ) throws(TensorError) {
        let factors = records[index]!.operand!
        let incoming = gradient.buffer
        var extents = layout(incoming).dimensions.map { _ in 1 }
        extents[shape(operation.output).libraryChannelAxis] = shape(operation.output)[-1]
        let stretched = try converted(
            program.view(of: factors, as: MemoryDescriptor(rowMajor: extents)),
            to: layout(incoming).resized(extents), in: .backward)
        let result = try combined(incoming, stretched, .multiply)
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    /// Buffers for factors and terms, which are filled now where they depend on no arrays.
    private mutating func factorsAndTerms(
        _ affine: ChannelAffine, channels: Int
    ) -> (factors: BufferID, terms: BufferID) {
        let descriptor = MemoryDescriptor(rowMajor: [channels])
        guard !affine.keys.isEmpty else {
            let (factors, terms) = affine.factorsAndTerms([])
            return (
                program.constantBuffer(descriptor, factors), program.constantBuffer(descriptor, terms)
            )
        }
        let factors = program.persistentBuffer(descriptor)
        let terms = program.persistentBuffer(descriptor)
        bindings.affines.append(PlanBindings.Affine(affine: affine, factors: factors, terms: terms))
        return (factors, terms)
    }

    /// Memory that holds one number.
    mutating func constant(_ value: Float, _ descriptor: MemoryDescriptor) -> BufferID {
        program.constantBuffer(descriptor, Array(repeating: value, count: descriptor.byteCount / 4))
    }
}
