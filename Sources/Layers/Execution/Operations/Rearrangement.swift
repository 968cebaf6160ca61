import Tensors

// Padding, cropping and permutation: copies between parts of memory.

extension PlanCompiler {
    mutating func pad(_ operation: Operation, _ before: Pair) throws(TensorError) {
        let source = primary(operation.inputs[0])
        let destination = try embedded(source, in: shape(operation.output), at: before, .forward)
        representations[operation.output] = [destination]
    }

    mutating func pad(_ operation: Operation, _ before: Pair, _ gradient: Gradient) throws(TensorError) {
        let part = try cut(gradient.buffer, to: shape(operation.inputs[0]), at: before, .backward)
        try addGradient(Gradient(buffer: part, isOwned: true), to: operation.inputs[0])
    }

    mutating func crop(_ operation: Operation, _ before: Pair) throws(TensorError) {
        let source = primary(operation.inputs[0])
        let destination = try cut(source, to: shape(operation.output), at: before, .forward)
        representations[operation.output] = [destination]
    }

    mutating func crop(_ operation: Operation, _ before: Pair, _ gradient: Gradient) throws(TensorError) {
        let whole = try embedded(gradient.buffer, in: shape(operation.inputs[0]), at: before, .backward)
        try addGradient(Gradient(buffer: whole, isOwned: true), to: operation.inputs[0])
    }

    /// A larger picture in the same layout, zero around the given one.
    private mutating func embedded(
        _ source: BufferID, in shape: Shape, at offset: Pair, _ section: ProgramBuilder.Section
    ) throws(TensorError) -> BufferID {
        let whole = layout(source).resized(shape.libraryDimensions(batch: batch))
        let result = program.workspaceBuffer(whole)
        program.zero(result, in: section)
        let part = try whole.part(layout(source).dimensions, at: [0, 0, offset.height, offset.width])
        try copy(source, to: program.view(of: result, as: part), in: section)
        return result
    }

    /// A part of a picture in the same layout.
    private mutating func cut(
        _ source: BufferID, to shape: Shape, at offset: Pair, _ section: ProgramBuilder.Section
    ) throws(TensorError) -> BufferID {
        let dimensions = shape.libraryDimensions(batch: batch)
        let part = try layout(source).part(dimensions, at: [0, 0, offset.height, offset.width])
        let result = program.workspaceBuffer(layout(source).resized(dimensions))
        try copy(program.view(of: source, as: part), to: result, in: section)
        return result
    }

    mutating func permute(_ operation: Operation, _ order: [Int]) throws(TensorError) {
        let destination = define(operation.output, shape(operation.output).rowMajor(batch: batch))
        let view = program.view(of: destination, as: permuted(operation, order))
        try copy(primary(operation.inputs[0]), to: view, in: .forward)
    }

    mutating func permute(
        _ operation: Operation, _ order: [Int], _ gradient: Gradient
    ) throws(TensorError) {
        let incoming = try converted(
            gradient.buffer, to: shape(operation.output).rowMajor(batch: batch), in: .backward)
        let result = program.workspaceBuffer(layout(primary(operation.inputs[0])))
        try copy(program.view(of: incoming, as: permuted(operation, order)), to: result, in: .backward)
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    /// How the input's elements lie in the permuted output, said in the library's order of the input.
    private func permuted(_ operation: Operation, _ order: [Int]) -> MemoryDescriptor {
        let (input, output) = (shape(operation.inputs[0]), shape(operation.output))
        var strides = [Int](repeating: output.elementCount, count: input.rank + 1)
        var stride = 1
        for (position, axis) in order.enumerated().reversed() {
            strides[input.libraryAxis(axis)] = stride
            stride *= output[position]
        }
        return MemoryDescriptor(input.libraryDimensions(batch: batch), strides: strides)
    }
}
