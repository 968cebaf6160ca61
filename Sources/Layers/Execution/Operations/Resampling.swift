import Tensors

extension PlanCompiler {
    mutating func resample(
        _ index: Int, _ operation: Operation, _ interpolation: Interpolation
    ) throws(TensorError) {
        let source = primary(operation.inputs[0])
        let primitive = try interpolation.resampling.forward(
            layout(source), destination: shape(operation.output).libraryDimensions(batch: batch),
            forTraining: isDifferentiated(operation))
        let destination = define(operation.output, primitive.destination)
        program.run(primitive, in: .forward, [.source: source, .destination: destination])
        records[index] = ForwardRecord(primitive: primitive)
    }

    mutating func resample(
        _ index: Int, _ operation: Operation, _ interpolation: Interpolation, _ gradient: Gradient
    ) throws(TensorError) {
        let forward = records[index]!.primitive
        let source = layout(primary(operation.inputs[0]))
        let incoming = try converted(gradient.buffer, to: forward.destination, in: .backward)
        let primitive = try interpolation.resampling.backward(
            source: source, destination: layout(incoming), hint: forward)
        let result = program.workspaceBuffer(source)
        program.run(primitive, in: .backward, [.destinationGradient: incoming, .sourceGradient: result])
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }
}

extension Interpolation {
    fileprivate var resampling: Resampling {
        switch self {
        case .nearest: .nearest
        case .bilinear: .linear
        }
    }
}
