import Tensors

// Random numbers that values are multiplied by or that are added to them while training.

extension PlanCompiler {
    mutating func disturb(
        _ index: Int, _ operation: Operation, _ noise: Noise, _ function: BinaryFunction, _ drawn: Shape
    ) throws(TensorError) {
        let source = primary(operation.inputs[0])
        let keepsChannels = drawn[-1] == shape(operation.output)[-1]
        let mask = program.workspaceBuffer(
            keepsChannels
                ? layout(source).resized(drawn.libraryDimensions(batch: batch)) : drawn.rowMajor(batch: batch)
        )
        program.draw(noise, into: mask, stream: index)
        let primitive = try function.forward(layout(source), layout(mask))
        let destination = define(operation.output, layout(source))
        program.run(
            primitive, in: .forward, [.source: source, .secondSource: mask, .destination: destination])
        records[index] = ForwardRecord(primitive: primitive, operand: mask)
    }

    mutating func disturb(
        _ index: Int, _ operation: Operation, _ function: BinaryFunction, _ gradient: Gradient
    ) throws(TensorError) {
        guard function == .multiply else { return try addGradient(gradient, to: operation.inputs[0]) }
        let mask = records[index]!.operand!
        let incoming = try converted(
            gradient.buffer, to: layout(primary(operation.inputs[0])), in: .backward)
        let result = try combined(incoming, mask, .multiply)
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }
}
