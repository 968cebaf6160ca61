import Tensors

// Rectifiers that are more than a function of one element: with slopes from an array, or with a step.

extension PlanCompiler {
    mutating func rectify(
        _ index: Int, _ operation: Operation, _ slope: ParameterKey
    ) throws(TensorError) {
        let source = primary(operation.inputs[0])
        let slopes = specs[slope]!.shape.rowMajor(batch: 1)
        let primitive = try ParametricRectifier.forward(
            layout(source), slopes: slopes.dimensions, forTraining: isDifferentiated(operation))
        let weights = try converted(parameter(slope, as: slopes), to: primitive.weights, in: .forward)
        let destination = define(operation.output, layout(source))
        program.run(
            primitive, in: .forward, [.source: source, .weights: weights, .destination: destination])
        records[index] = ForwardRecord(primitive: primitive, operand: weights)
    }

    mutating func rectify(
        _ index: Int, _ operation: Operation, _ slope: ParameterKey, _ gradient: Gradient
    ) throws(TensorError) {
        let record = records[index]!
        let source = primary(operation.inputs[0])
        let weights = record.operand!
        let incoming = try converted(gradient.buffer, to: layout(source), in: .backward)
        let primitive = try ParametricRectifier.backward(
            layout(source), slopes: layout(weights), hint: record.primitive)
        let result = program.workspaceBuffer(layout(source))
        let computed = program.workspaceBuffer(layout(weights))
        program.run(
            primitive, in: .backward,
            arguments: [
                (.source, source), (.weights, weights), (.destinationGradient, incoming),
                (.sourceGradient, result), (.weightsGradient, computed),
            ])
        if mode.isTrainable(slope) {
            let kept = gradientBuffer(slope, as: specs[slope]!.shape.rowMajor(batch: 1))
            try copy(computed, to: kept, in: .backward)
        }
        guard needsGradient(operation.inputs[0]) else { return }
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    mutating func cutBelow(_ index: Int, _ operation: Operation, _ limit: Float) throws(TensorError) {
        let source = primary(operation.inputs[0])
        let one = layout(source).resized(layout(source).dimensions.map { _ in 1 })
        let mask = program.workspaceBuffer(layout(source))
        program.run(
            try BinaryFunction.greater.forward(layout(source), one), in: .forward,
            [.source: source, .secondSource: constant(limit, one), .destination: mask])
        let primitive = try BinaryFunction.multiply.forward(layout(source), layout(mask))
        let destination = define(operation.output, layout(source))
        program.run(
            primitive, in: .forward, [.source: source, .secondSource: mask, .destination: destination])
        records[index] = ForwardRecord(primitive: primitive, operand: mask)
    }

    mutating func cutBelow(_ index: Int, _ operation: Operation, _ gradient: Gradient) throws(TensorError) {
        let mask = records[index]!.operand!
        let incoming = try converted(gradient.buffer, to: layout(mask), in: .backward)
        let result = try combined(incoming, mask, .multiply)
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }
}
