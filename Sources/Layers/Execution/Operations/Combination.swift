import Tensors

// Functions of two values, of which the second may have extents of 1.

extension PlanCompiler {
    mutating func combine(_ operation: Operation, _ function: BinaryFunction) throws(TensorError) {
        let first = primary(operation.inputs[0])
        let second = try operand(operation.inputs[1], of: operation, like: first, in: .forward)
        let primitive = try function.forward(
            layout(first), layout(second), postOperations: operation.functions.map { .function($0) })
        let destination = define(operation.output, layout(first))
        program.run(
            primitive, in: .forward, [.source: first, .secondSource: second, .destination: destination])
    }

    mutating func combine(
        _ operation: Operation, _ function: BinaryFunction, _ gradient: Gradient
    ) throws(TensorError) {
        switch function {
        case .add, .subtract: try passOn(operation, function, gradient)
        case .multiply: try multiply(operation, gradient)
        case .maximum: try choose(operation, .greaterOrEqual, gradient)
        case .minimum: try choose(operation, .lessOrEqual, gradient)
        // Comparisons are flat everywhere.
        case .greater, .greaterOrEqual, .lessOrEqual: break
        }
    }

    /// One of the operands, in the layout of another, as the library's fast implementations want it. Where its
    /// channels are stretched, a block of them would be mostly empty: then it stays as it is.
    private mutating func operand(
        _ value: ValueID, of operation: Operation, like other: BufferID, in section: ProgramBuilder.Section
    ) throws(TensorError) -> BufferID {
        let (own, whole) = (shape(value), shape(operation.output))
        guard own[-1] == whole[-1] else { return primary(value) }
        let dimensions = own.libraryDimensions(batch: batch)
        return try fetch(value, as: layout(other).resized(dimensions), in: section)
    }

    private mutating func passOn(
        _ operation: Operation, _ function: BinaryFunction, _ gradient: Gradient
    ) throws(TensorError) {
        let (first, second) = (operation.inputs[0], operation.inputs[1])
        if needsGradient(first) {
            try addGradient(Gradient(buffer: gradient.buffer, isOwned: false), to: first)
        }
        guard needsGradient(second) else { return }
        guard function == .subtract else {
            return try give(Gradient(buffer: gradient.buffer, isOwned: false), to: second, of: operation)
        }
        let data = layout(gradient.buffer)
        let negated = program.workspaceBuffer(data)
        program.run(
            try ElementFunction.linear(scale: -1, shift: 0).forward(data, forTraining: false), in: .backward,
            [.source: gradient.buffer, .destination: negated])
        try give(Gradient(buffer: negated, isOwned: true), to: second, of: operation)
    }

    private mutating func multiply(_ operation: Operation, _ gradient: Gradient) throws(TensorError) {
        let (first, second) = (operation.inputs[0], operation.inputs[1])
        let incoming = try converted(gradient.buffer, to: layout(primary(first)), in: .backward)
        for (input, factor) in [(first, second), (second, first)] where needsGradient(input) {
            let factorBuffer = try operand(factor, of: operation, like: incoming, in: .backward)
            let product = try combined(incoming, factorBuffer, .multiply)
            try give(Gradient(buffer: product, isOwned: true), to: input, of: operation)
        }
    }

    /// The gradient goes to the operand that was chosen; to the first of equals.
    private mutating func choose(
        _ operation: Operation, _ comparison: BinaryFunction, _ gradient: Gradient
    ) throws(TensorError) {
        let (first, second) = (operation.inputs[0], operation.inputs[1])
        let left = primary(first)
        let right = try operand(second, of: operation, like: left, in: .backward)
        let incoming = try converted(gradient.buffer, to: layout(left), in: .backward)
        let mask = try combined(left, right, comparison)
        let toFirst = try combined(incoming, mask, .multiply)
        if needsGradient(second) {
            let toSecond = try combined(incoming, toFirst, .subtract)
            try give(Gradient(buffer: toSecond, isOwned: true), to: second, of: operation)
        }
        guard needsGradient(first) else { return }
        try addGradient(Gradient(buffer: toFirst, isOwned: true), to: first)
    }

    /// A function of two buffers in the backward section.
    mutating func combined(
        _ first: BufferID, _ second: BufferID, _ function: BinaryFunction
    ) throws(TensorError) -> BufferID {
        let result = program.workspaceBuffer(layout(first))
        program.run(
            try function.forward(layout(first), layout(second)), in: .backward,
            [.source: first, .secondSource: second, .destination: result])
        return result
    }

    /// Adds a gradient of the result's shape to an operand, summed over the extents along which it was
    /// stretched.
    private mutating func give(
        _ gradient: Gradient, to value: ValueID, of operation: Operation
    ) throws(TensorError) {
        let (own, whole) = (shape(value), shape(operation.output))
        guard own != whole else { return try addGradient(gradient, to: value) }
        if whole.rank == 3, own == [1, 1, whole[2]] {
            let sum = try sumOfPixels(gradient.buffer, whole)
            return try addGradient(Gradient(buffer: sum, isOwned: true), to: value)
        }
        let result = program.workspaceBuffer(own.rowMajor(batch: batch))
        program.run(
            try ReductionFunction.sum(layout(gradient.buffer), into: layout(result)), in: .backward,
            [.source: gradient.buffer, .destination: result])
        try addGradient(Gradient(buffer: result, isOwned: true), to: value)
    }

    /// The sum of every channel. The library's mean is much faster than its sum.
    private mutating func sumOfPixels(_ buffer: BufferID, _ shape: Shape) throws(TensorError) -> BufferID {
        let whole = Pair(shape[0], shape[1])
        let window = WindowGeometry(
            kernel: whole, strides: whole, dilation: 1, paddingBefore: 0, paddingAfter: 0)
        let mean = try window.pooling(.average).forward(
            layout(buffer), destination: [batch, shape[2], 1, 1], forTraining: false)
        let result = program.workspaceBuffer(mean.destination)
        program.run(mean, in: .backward, [.source: buffer, .destination: result])
        let count = ElementFunction.linear(scale: Float(whole.height * whole.width), shift: 0)
        program.run(
            try count.forward(layout(result), forTraining: false), in: .backward,
            [.source: result, .destination: result])
        return result
    }
}
