import Tensors

// Layer normalization: of the last dimension, with everything else seen as rows of a matrix.

extension PlanCompiler {
    mutating func normalizeRows(
        _ index: Int, _ operation: Operation, _ gamma: ParameterKey?, _ beta: ParameterKey?, _ epsilon: Float
    ) throws(TensorError) {
        let options = RowNormalization(epsilon: epsilon, scale: gamma != nil, shift: beta != nil)
        let plain = shape(operation.output).rowMajor(batch: batch)
        let source = rows(try fetch(operation.inputs[0], as: plain))
        let isDifferentiated = isDifferentiated(operation)
        let primitive = try options.forward(layout(source), forTraining: isDifferentiated)
        let destination = define(operation.output, plain)
        var record = ForwardRecord(primitive: primitive)
        var arguments: [(Argument, BufferID)] = [(.source, source), (.destination, rows(destination))]
        if let gamma { arguments.append((.scale, flatParameter(gamma))) }
        if let beta { arguments.append((.shift, flatParameter(beta))) }
        if isDifferentiated {
            let statistics = MemoryDescriptor(rowMajor: [layout(source).dimensions[0]])
            let (mean, variance) = (
                program.workspaceBuffer(statistics), program.workspaceBuffer(statistics)
            )
            (record.mean, record.variance) = (mean, variance)
            arguments += [(.mean, mean), (.variance, variance)]
        }
        program.run(primitive, in: .forward, arguments: arguments)
        records[index] = record
    }

    mutating func normalizeRows(
        _ index: Int, _ operation: Operation, _ gamma: ParameterKey?, _ beta: ParameterKey?,
        _ epsilon: Float, _ gradient: Gradient
    ) throws(TensorError) {
        let record = records[index]!
        let options = RowNormalization(epsilon: epsilon, scale: gamma != nil, shift: beta != nil)
        let plain = shape(operation.output).rowMajor(batch: batch)
        let source = rows(try fetch(operation.inputs[0], as: plain, in: .backward))
        let incoming = rows(try converted(gradient.buffer, to: plain, in: .backward))
        let primitive = try options.backward(layout(source), hint: record.primitive)
        let result = program.workspaceBuffer(plain)
        var arguments: [(Argument, BufferID)] = [
            (.source, source), (.mean, record.mean!), (.variance, record.variance!),
            (.destinationGradient, incoming), (.sourceGradient, rows(result)),
        ]
        if let gamma {
            arguments += [(.scale, flatParameter(gamma)), (.scaleGradient, flatGradient(gamma))]
        }
        if let beta {
            arguments += [(.shift, flatParameter(beta)), (.shiftGradient, flatGradient(beta))]
        }
        program.run(primitive, in: .backward, arguments: arguments)
        guard needsGradient(operation.inputs[0]) else { return }
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    /// An array for several axes as one row.
    private mutating func flatParameter(_ key: ParameterKey) -> BufferID {
        parameter(key, as: MemoryDescriptor(rowMajor: [specs[key]!.shape.elementCount]))
    }

    private mutating func flatGradient(_ key: ParameterKey) -> BufferID {
        program.view(
            of: gradientOrDiscard(key), as: MemoryDescriptor(rowMajor: [specs[key]!.shape.elementCount]))
    }

    /// A row-major buffer seen as a matrix whose rows are Keras's last dimension.
    private mutating func rows(_ buffer: BufferID) -> BufferID {
        let dimensions = layout(buffer).dimensions
        let length = dimensions.count == 4 ? dimensions[1] : dimensions[dimensions.count - 1]
        return program.view(
            of: buffer, as: MemoryDescriptor(rowMajor: [dimensions.reduce(1, *) / length, length]))
    }
}
