import Tensors

/// The gradient of a matrix whose steps are added at the end.
struct PostponedGradient {
    var primitive: Primitive
    var kernel: ParameterKey
    var bias: ParameterKey?
    var input: ValueID
    var destinationGradient: BufferID
}

extension PlanCompiler {
    /// Adds one operation's steps to the backward section, if anything behind it is trained.
    mutating func compileBackward(_ index: Int) throws(TensorError) {
        let operation = graph.operations[index]
        guard needsGradient(operation.output), let gradient = gradients[operation.output] else { return }
        switch operation.kind {
        case .convolution(let convolution):
            try convolve(index, operation, convolution, try throughFunctions(operation, gradient))
        case .innerProduct(let kernel, let bias):
            try multiplyMatrix(index, operation, kernel, bias, try throughFunctions(operation, gradient))
        case .batchNormalization(let keys, let epsilon, _):
            try normalize(index, operation, keys, epsilon, gradient)
        case .elementwise(let function):
            let data = function.hasGradientFromOutput ? operation.output : operation.inputs[0]
            try addGradient(
                try differentiate(function, data: primary(data), gradient), to: operation.inputs[0])
        case .layerNormalization(let gamma, let beta, let epsilon):
            try normalizeRows(index, operation, gamma, beta, epsilon, gradient)
        case .affine: try scale(index, operation, gradient)
        case .parametricRectifier(let slope): try rectify(index, operation, slope, gradient)
        case .threshold: try cutBelow(index, operation, gradient)
        case .softmax(let isLogarithmic): try softmax(index, operation, isLogarithmic, gradient)
        case .pooling(let kind, let window): try pool(index, operation, kind, window, gradient)
        case .zeroPadding(let before, _): try pad(operation, before, gradient)
        case .crop(let before): try crop(operation, before, gradient)
        case .resample(let interpolation, let antialias):
            try resample(index, operation, interpolation, antialias, gradient)
        case .reshape: try reshape(operation, gradient)
        case .permute(let order): try permute(operation, order, gradient)
        case .noise(_, let function, _): try disturb(index, operation, function, gradient)
        case .combine(let function):
            try combine(operation, function, try throughFunctions(operation, gradient))
        case .concatenate(let axis): try split(operation, axis, gradient)
        }
    }

    // MARK: Bookkeeping

    /// Adds a contribution to a value's gradient.
    mutating func addGradient(_ gradient: Gradient, to value: ValueID) throws(TensorError) {
        guard let present = gradients[value] else {
            gradients[value] = gradient
            return
        }
        // The sum is written over whichever of the two is ours alone.
        let (target, addend) = gradient.isOwned ? (gradient, present) : (present, gradient)
        let second = try converted(addend.buffer, to: layout(target.buffer), in: .backward)
        let primitive = try BinaryFunction.add.forward(layout(target.buffer), layout(second))
        let destination =
            target.isOwned ? target.buffer : program.workspaceBuffer(layout(target.buffer))
        program.run(
            primitive, in: .backward,
            [.source: target.buffer, .secondSource: second, .destination: destination])
        gradients[value] = Gradient(buffer: destination, isOwned: true)
    }

    /// The gradient before the functions that were attached to an operation.
    private mutating func throughFunctions(
        _ operation: Operation, _ gradient: Gradient
    ) throws(TensorError) -> Gradient {
        var result = gradient
        for function in operation.functions.reversed() {
            result = try differentiate(function, data: primary(operation.output), result)
        }
        return result
    }

    private mutating func differentiate(
        _ function: ElementFunction, data: BufferID, _ gradient: Gradient
    ) throws(TensorError) -> Gradient {
        let incoming = try converted(gradient.buffer, to: layout(data), in: .backward)
        let isOurs = gradient.isOwned || incoming != gradient.buffer
        let result = isOurs ? incoming : program.workspaceBuffer(layout(incoming))
        // In a row, what fills up blocks is no special case to the library. The gradient there is 0, and stays so
        // where the function is smooth at 0.
        let inRow = function == .hardSwish
        let (given, upstream, written) =
            inRow ? (row(data), row(incoming), row(result)) : (data, incoming, result)
        let primitive = try function.backward(layout(given), gradient: layout(upstream))
        program.run(
            primitive, in: .backward,
            arguments: [
                (function.hasGradientFromOutput ? .destination : .source, given),
                (.destinationGradient, upstream), (.sourceGradient, written),
            ])
        return Gradient(buffer: result, isOwned: true)
    }

    /// The elements of a buffer as they lie in memory.
    mutating func row(_ buffer: BufferID) -> BufferID {
        program.view(of: buffer, as: MemoryDescriptor(rowMajor: [layout(buffer).byteCount / 4]))
    }

    // MARK: Operations

    private mutating func convolve(
        _ index: Int, _ operation: Operation, _ convolution: Convolution, _ gradient: Gradient
    ) throws(TensorError) {
        let kernelShape = kernelShape(convolution)
        let extents = convolution.shape(
            batch: batch, input: shape(operation.inputs[0]), output: shape(operation.output),
            kernel: kernelShape)
        let forward = records[index]!.primitive
        if mode.isTrainable(convolution.kernel) {
            let primitive = try extents.backwardWeights(bias: convolution.bias != nil, hint: forward)
            let result = gradientBuffer(convolution.kernel, as: convolution.kerasLayout(kernelShape))
            let computed =
                primitive.weightsGradient == layout(result)
                ? result : program.workspaceBuffer(primitive.weightsGradient)
            var arguments: [(Argument, BufferID)] = [
                (.source, try fetch(operation.inputs[0], as: primitive.source, in: .backward)),
                (
                    .destinationGradient,
                    try converted(gradient.buffer, to: primitive.destinationGradient, in: .backward)
                ),
                (.weightsGradient, computed),
            ]
            if let bias = convolution.bias { arguments.append((.biasGradient, gradientBuffer(bias))) }
            program.run(primitive, in: .backward, arguments: arguments)
            if computed != result { try copy(computed, to: result, in: .backward) }
        }
        guard needsGradient(operation.inputs[0]) else { return }
        let part = extents.part
        let primitive = try part.backwardSource(hint: forward)
        let weights = try kernel(of: operation, convolution, as: primitive.weights, in: .backward)
        let incoming = try converted(
            gradient.buffer, to: primitive.destinationGradient.batched(batch), in: .backward)
        let result = program.workspaceBuffer(primitive.sourceGradient.batched(batch))
        for first in stride(from: 0, to: batch, by: part.source[0]) {
            program.run(
                primitive, in: .backward,
                [
                    .destinationGradient: pictures(
                        of: incoming, from: first, like: primitive.destinationGradient),
                    .weights: weights,
                    .sourceGradient: pictures(of: result, from: first, like: primitive.sourceGradient),
                ])
        }
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    private mutating func multiplyMatrix(
        _ index: Int, _ operation: Operation, _ kernel: ParameterKey, _ bias: ParameterKey?,
        _ gradient: Gradient
    ) throws(TensorError) {
        let kernelShape = specs[kernel]!.shape
        let extents = InnerProductShape(batch: batch, inputs: kernelShape[0], outputs: kernelShape[1])
        let forward = records[index]!.primitive
        let incoming = try converted(gradient.buffer, to: forward.destination, in: .backward)
        if mode.isTrainable(kernel) {
            postponedGradients.append(
                PostponedGradient(
                    primitive: try extents.backwardWeights(bias: bias != nil, hint: forward), kernel: kernel,
                    bias: bias, input: operation.inputs[0], destinationGradient: incoming))
        }
        guard needsGradient(operation.inputs[0]) else { return }
        let primitive = try extents.backwardSource(hint: forward)
        let result = program.workspaceBuffer(primitive.sourceGradient)
        program.run(
            primitive, in: .backward,
            [
                .destinationGradient: incoming, .weights: parameter(kernel, as: primitive.weights),
                .sourceGradient: result,
            ])
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    /// The gradients of matrices, the largest of which take more memory than a batch of pictures: by now the
    /// memory of the pictures' values is free.
    mutating func compilePostponedGradients() throws(TensorError) {
        for postponed in postponedGradients {
            let primitive = postponed.primitive
            var arguments: [(Argument, BufferID)] = [
                (.source, try fetch(postponed.input, as: primitive.source, in: .backward)),
                (.destinationGradient, postponed.destinationGradient),
                (.weightsGradient, gradientBuffer(postponed.kernel, as: primitive.weightsGradient)),
            ]
            if let bias = postponed.bias { arguments.append((.biasGradient, gradientBuffer(bias))) }
            program.run(primitive, in: .backward, arguments: arguments)
        }
    }

    private mutating func normalize(
        _ index: Int, _ operation: Operation, _ keys: NormalizationKeys, _ epsilon: Float,
        _ gradient: Gradient
    ) throws(TensorError) {
        let record = records[index]!
        let source = asImage(primary(operation.inputs[0]))
        let options = NormalizationOptions(
            epsilon: epsilon, scale: keys.gamma != nil, shift: keys.beta != nil,
            usesGivenStatistics: !mode.usesBatchStatistics(operation.layer, keys),
            fusesRelu: operation.functions == [.relu])
        let plain = layout(primary(operation.inputs[0]))
        let incoming = try converted(gradient.buffer, to: plain, in: .backward)
        let primitive = try options.backward(
            layout(source), gradient: layout(source), hint: record.primitive)
        let result = program.workspaceBuffer(plain)
        var arguments: [(Argument, BufferID)] = [
            (.source, source), (.mean, record.mean!), (.variance, record.variance!),
            (.destinationGradient, asImage(incoming)), (.sourceGradient, asImage(result)),
        ]
        if let gamma = keys.gamma {
            arguments.append((.scale, parameter(gamma)))
            arguments.append((.scaleGradient, gradientOrDiscard(gamma)))
        }
        if let beta = keys.beta {
            // The library wants to see it, though the gradient does not depend on it.
            arguments.append((.shift, parameter(beta)))
            arguments.append((.shiftGradient, gradientOrDiscard(beta)))
        }
        if let workspace = record.workspace { arguments.append((.workspace, workspace)) }
        program.run(primitive, in: .backward, arguments: arguments)
        guard needsGradient(operation.inputs[0]) else { return }
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    /// The library works out both gradients of a normalization's arrays whether they are wanted or not.
    mutating func gradientOrDiscard(_ key: ParameterKey) -> BufferID {
        mode.isTrainable(key)
            ? gradientBuffer(key)
            : program.workspaceBuffer(MemoryDescriptor(rowMajor: specs[key]!.shape.dimensions))
    }

    private mutating func softmax(
        _ index: Int, _ operation: Operation, _ isLogarithmic: Bool, _ gradient: Gradient
    ) throws(TensorError) {
        let data = primary(operation.output)
        let incoming = try converted(gradient.buffer, to: layout(data), in: .backward)
        let primitive = try SoftmaxFunction(isLogarithmic: isLogarithmic).backward(
            layout(data), gradient: layout(data), axis: shape(operation.output).libraryChannelAxis,
            hint: records[index]!.primitive)
        let result = program.workspaceBuffer(layout(data))
        program.run(
            primitive, in: .backward,
            [.destination: data, .destinationGradient: incoming, .sourceGradient: result])
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    private mutating func pool(
        _ index: Int, _ operation: Operation, _ kind: PoolingKind, _ window: WindowGeometry,
        _ gradient: Gradient
    ) throws(TensorError) {
        let record = records[index]!
        let sourceLayout = layout(primary(operation.inputs[0]))
        let incoming = try converted(gradient.buffer, to: record.primitive.destination, in: .backward)
        let primitive = try window.pooling(kind).backward(
            source: sourceLayout, destination: layout(incoming), hint: record.primitive)
        let result = program.workspaceBuffer(sourceLayout)
        var arguments: [(Argument, BufferID)] = [
            (.destinationGradient, incoming), (.sourceGradient, result),
        ]
        if let workspace = record.workspace { arguments.append((.workspace, workspace)) }
        program.run(primitive, in: .backward, arguments: arguments)
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    private mutating func reshape(_ operation: Operation, _ gradient: Gradient) throws(TensorError) {
        let incoming = try converted(
            gradient.buffer, to: shape(operation.output).rowMajor(batch: batch), in: .backward)
        let view = program.view(of: incoming, as: shape(operation.inputs[0]).rowMajor(batch: batch))
        let isOurs = gradient.isOwned || incoming != gradient.buffer
        try addGradient(Gradient(buffer: view, isOwned: isOurs), to: operation.inputs[0])
    }

    private mutating func split(
        _ operation: Operation, _ kerasAxis: Int, _ gradient: Gradient
    ) throws(TensorError) {
        // Row-major, because blocks of channels may straddle the seams.
        let incoming = try converted(
            gradient.buffer, to: shape(operation.output).rowMajor(batch: batch), in: .backward)
        let axis = shape(operation.output).libraryAxis(kerasAxis)
        var offsets = [Int](repeating: 0, count: layout(incoming).dimensions.count)
        for input in operation.inputs {
            let target = layout(primary(input))
            if needsGradient(input) {
                let part = try layout(incoming).part(target.dimensions, at: offsets)
                let result = program.workspaceBuffer(target)
                try copy(program.view(of: incoming, as: part), to: result, in: .backward)
                try addGradient(Gradient(buffer: result, isOwned: true), to: input)
            }
            offsets[axis] += shape(input)[kerasAxis]
        }
    }
}
