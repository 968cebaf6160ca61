import Tensors

extension PlanCompiler {
    /// Adds one operation's steps to the forward section.
    mutating func compileForward(_ index: Int) throws(TensorError) {
        let operation = graph.operations[index]
        switch operation.kind {
        case .convolution(let convolution): try convolve(index, operation, convolution)
        case .innerProduct(let kernel, let bias): try multiplyMatrix(index, operation, kernel, bias)
        case .batchNormalization(let keys, let epsilon, let momentum):
            try normalize(index, operation, keys, epsilon, momentum)
        case .elementwise(let function): try apply(index, operation, function)
        case .layerNormalization(let gamma, let beta, let epsilon):
            try normalizeRows(index, operation, gamma, beta, epsilon)
        case .affine(let affine): try scale(index, operation, affine)
        case .parametricRectifier(let slope): try rectify(index, operation, slope)
        case .threshold(let limit): try cutBelow(index, operation, limit)
        case .softmax(let isLogarithmic): try softmax(index, operation, isLogarithmic)
        case .pooling(let kind, let window): try pool(index, operation, kind, window)
        case .zeroPadding(let before, _): try pad(operation, before)
        case .crop(let before): try crop(operation, before)
        case .resample(let interpolation, let antialias):
            try resample(index, operation, interpolation, antialias)
        case .reshape: try reshape(operation)
        case .permute(let order): try permute(operation, order)
        case .noise(let noise, let function, let drawn): try disturb(index, operation, noise, function, drawn)
        case .combine(let function): try combine(operation, function)
        case .concatenate(let axis): try concatenate(operation, axis)
        }
    }

    func isDifferentiated(_ operation: Operation) -> Bool { needsGradient(operation.output) }

    private mutating func convolve(
        _ index: Int, _ operation: Operation, _ convolution: Convolution
    ) throws(TensorError) {
        let extents = convolution.shape(
            batch: batch, input: shape(operation.inputs[0]), output: shape(operation.output),
            kernel: kernelShape(convolution))
        let bias = bias(of: operation, convolution, channels: shape(operation.output)[2])
        let part = extents.part
        let primitive = try part.forward(
            bias: bias != nil, forTraining: isDifferentiated(operation),
            postOperations: (operation.accumulates ? [.accumulate] : [])
                + operation.functions.map { .function($0) })
        let weights = try kernel(of: operation, convolution, as: primitive.weights, in: .forward)
        let source = try fetch(operation.inputs[0], as: primitive.source.batched(batch))
        let destination = try destination(of: operation, at: index, primitive.destination.batched(batch))
        for first in stride(from: 0, to: batch, by: part.source[0]) {
            var arguments: [(Argument, BufferID)] = [
                (.source, pictures(of: source, from: first, like: primitive.source)), (.weights, weights),
                (.destination, pictures(of: destination, from: first, like: primitive.destination)),
            ]
            if let bias { arguments.append((.bias, bias)) }
            program.run(primitive, in: .forward, arguments: arguments)
        }
        records[index] = ForwardRecord(primitive: primitive)
    }

    /// New memory, or the memory of the value that is accumulated to.
    private mutating func destination(
        of operation: Operation, at index: Int, _ layout: MemoryDescriptor
    ) throws(TensorError) -> BufferID {
        guard operation.accumulates else { return define(operation.output, layout) }
        let other = operation.inputs[1]
        let buffer: BufferID
        // A convolution must not write to what it is still reading.
        if mayOverwrite(other, at: index), !graph.views(of: other).contains(operation.inputs[0]) {
            buffer = try fetch(other, as: layout)
            representations[other] = []
        } else {
            buffer = program.workspaceBuffer(layout)
            try copy(primary(other), to: buffer, in: .forward)
        }
        representations[operation.output] = [buffer]
        return buffer
    }

    private mutating func multiplyMatrix(
        _ index: Int, _ operation: Operation, _ kernel: ParameterKey, _ bias: ParameterKey?
    ) throws(TensorError) {
        let kernelShape = specs[kernel]!.shape
        let extents = InnerProductShape(batch: batch, inputs: kernelShape[0], outputs: kernelShape[1])
        let primitive = try extents.forward(
            bias: bias != nil, forTraining: isDifferentiated(operation),
            postOperations: operation.functions.map { .function($0) })
        let source = try fetch(operation.inputs[0], as: primitive.source)
        let weights = parameter(kernel, as: primitive.weights)
        let destination = define(operation.output, primitive.destination)
        var arguments: [(Argument, BufferID)] = [
            (.source, source), (.weights, weights), (.destination, destination),
        ]
        if let bias { arguments.append((.bias, parameter(bias))) }
        program.run(primitive, in: .forward, arguments: arguments)
        records[index] = ForwardRecord(primitive: primitive)
    }

    private mutating func normalize(
        _ index: Int, _ operation: Operation, _ keys: NormalizationKeys, _ epsilon: Float, _ momentum: Float
    ) throws(TensorError) {
        let usesBatch = mode.usesBatchStatistics(operation.layer, keys)
        let options = NormalizationOptions(
            epsilon: epsilon, scale: keys.gamma != nil, shift: keys.beta != nil,
            usesGivenStatistics: !usesBatch, fusesRelu: operation.functions == [.relu])
        let source = asImage(primary(operation.inputs[0]))
        let isDifferentiated = isDifferentiated(operation)
        let primitive = try options.forward(layout(source), forTraining: isDifferentiated || usesBatch)
        let destination = define(operation.output, layout(primary(operation.inputs[0])))
        var record = ForwardRecord(primitive: primitive)
        let channels = MemoryDescriptor(rowMajor: [shape(operation.output)[-1]])
        if let movingMean = keys.movingMean, let movingVariance = keys.movingVariance, usesBatch {
            let mean = program.persistentBuffer(channels)
            let variance = program.persistentBuffer(channels)
            (record.mean, record.variance) = (mean, variance)
            bindings.statistics.append(
                .init(
                    movingMean: movingMean, movingVariance: movingVariance, momentum: momentum, mean: mean,
                    variance: variance))
        } else {
            record.mean = keys.movingMean.map { parameter($0) } ?? constant(0, channels)
            record.variance = keys.movingVariance.map { parameter($0) } ?? constant(1 - epsilon, channels)
        }
        var arguments: [(Argument, BufferID)] = [
            (.source, source), (.destination, asImage(destination)), (.mean, record.mean!),
            (.variance, record.variance!),
        ]
        if let gamma = keys.gamma { arguments.append((.scale, parameter(gamma))) }
        if let beta = keys.beta { arguments.append((.shift, parameter(beta))) }
        if let workspace = primitive.workspace {
            let buffer = program.workspaceBuffer(workspace)
            record.workspace = buffer
            arguments.append((.workspace, buffer))
        }
        program.run(primitive, in: .forward, arguments: arguments)
        records[index] = record
    }

    /// Feature vectors seen as pictures of one pixel, and rows of them as pictures of one row: the library
    /// normalizes pictures.
    mutating func asImage(_ buffer: BufferID) -> BufferID {
        let dimensions = layout(buffer).dimensions
        switch dimensions.count {
        case 2:
            return program.view(
                of: buffer, as: MemoryDescriptor(channelsLast: dimensions[0], 1, 1, dimensions[1]))
        case 3:
            return program.view(
                of: buffer,
                as: MemoryDescriptor(channelsLast: dimensions[0], 1, dimensions[1], dimensions[2]))
        default: return buffer
        }
    }

    private mutating func apply(
        _ index: Int, _ operation: Operation, _ function: ElementFunction
    ) throws(TensorError) {
        let input = operation.inputs[0]
        let source = primary(input)
        let isDifferentiated = isDifferentiated(operation)
        let primitive = try function.forward(layout(source), forTraining: isDifferentiated)
        let destination: BufferID
        if mayOverwrite(input, at: index), !isDifferentiated || function.hasGradientFromOutput {
            destination = source
            representations[operation.output] = [source]
            representations[input] = []
        } else {
            destination = define(operation.output, layout(source))
        }
        program.run(primitive, in: .forward, [.source: source, .destination: destination])
    }

    private mutating func softmax(
        _ index: Int, _ operation: Operation, _ isLogarithmic: Bool
    ) throws(TensorError) {
        let plain = shape(operation.output).rowMajor(batch: batch)
        let source = try fetch(operation.inputs[0], as: plain)
        let primitive = try SoftmaxFunction(isLogarithmic: isLogarithmic).forward(
            plain, axis: shape(operation.output).libraryChannelAxis)
        let destination = define(operation.output, plain)
        program.run(primitive, in: .forward, [.source: source, .destination: destination])
        records[index] = ForwardRecord(primitive: primitive)
    }

    private mutating func pool(
        _ index: Int, _ operation: Operation, _ kind: PoolingKind, _ window: WindowGeometry
    ) throws(TensorError) {
        let source = primary(operation.inputs[0])
        let primitive = try window.pooling(kind).forward(
            layout(source), destination: shape(operation.output).libraryDimensions(batch: batch),
            forTraining: isDifferentiated(operation))
        let destination = define(operation.output, primitive.destination)
        var arguments: [(Argument, BufferID)] = [(.source, source), (.destination, destination)]
        var record = ForwardRecord(primitive: primitive)
        if let workspace = primitive.workspace {
            let buffer = program.workspaceBuffer(workspace)
            record.workspace = buffer
            arguments.append((.workspace, buffer))
        }
        program.run(primitive, in: .forward, arguments: arguments)
        records[index] = record
    }

    private mutating func reshape(_ operation: Operation) throws(TensorError) {
        let source = try fetch(operation.inputs[0], as: shape(operation.inputs[0]).rowMajor(batch: batch))
        let view = program.view(of: source, as: shape(operation.output).rowMajor(batch: batch))
        representations[operation.output] = [view]
    }

    private mutating func concatenate(_ operation: Operation, _ axis: Int) throws(TensorError) {
        let libraryAxis = shape(operation.output).libraryAxis(axis)
        var sources = operation.inputs.map(primary)
        var primitive = try Concatenation.primitive(sources.map { layout($0) }, axis: libraryAxis)
        if primitive.isReference {
            // Blocks that are not full, or several layouts: copies into one layout are faster by far.
            sources = []
            for input in operation.inputs {
                sources.append(try fetch(input, as: shape(input).rowMajor(batch: batch)))
            }
            primitive = try Concatenation.primitive(sources.map { layout($0) }, axis: libraryAxis)
        }
        let destination = define(operation.output, primitive.destination)
        program.run(primitive, in: .forward, sources: sources, destination: destination)
    }
}

extension WindowGeometry {
    func pooling(_ kind: PoolingKind) -> PoolingShape {
        PoolingShape(
            isMaximum: kind == .max, kernel: [kernel.height, kernel.width],
            strides: [strides.height, strides.width],
            paddingBefore: [paddingBefore.height, paddingBefore.width],
            paddingAfter: [paddingAfter.height, paddingAfter.width])
    }
}
