import Tensors

extension PlanCompiler {
    mutating func resample(
        _ index: Int, _ operation: Operation, _ interpolation: Interpolation, _ antialias: Bool
    ) throws(TensorError) {
        if let pixels = ownPixels(operation, interpolation, antialias) {
            return try gather(operation, pixels)
        }
        let source = primary(operation.inputs[0])
        let primitive = try interpolation.resampling.forward(
            layout(source), destination: shape(operation.output).libraryDimensions(batch: batch),
            forTraining: isDifferentiated(operation))
        let destination = define(operation.output, primitive.destination)
        program.run(primitive, in: .forward, [.source: source, .destination: destination])
        records[index] = ForwardRecord(primitive: primitive)
    }

    mutating func resample(
        _ index: Int, _ operation: Operation, _ interpolation: Interpolation, _ antialias: Bool,
        _ gradient: Gradient
    ) throws(TensorError) {
        if let pixels = ownPixels(operation, interpolation, antialias) {
            return try scatter(operation, pixels, gradient)
        }
        let forward = records[index]!.primitive
        let source = layout(primary(operation.inputs[0]))
        let incoming = try converted(gradient.buffer, to: forward.destination, in: .backward)
        let primitive = try interpolation.resampling.backward(
            source: source, destination: layout(incoming), hint: forward)
        let result = program.workspaceBuffer(source)
        program.run(primitive, in: .backward, [.destinationGradient: incoming, .sourceGradient: result])
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }

    /// How pixels are worked out where the library cannot, or would take others than TensorFlow.
    private func ownPixels(
        _ operation: Operation, _ interpolation: Interpolation, _ antialias: Bool
    ) -> (any PixelTransfer)? {
        let (input, output) = (shape(operation.inputs[0]), shape(operation.output))
        switch interpolation {
        case .nearest:
            let pixels = NearestPixels(
                height: input[0], width: input[1], toHeight: output[0], toWidth: output[1])
            return pixels.areLibrarys ? nil : pixels
        case .bilinear where !antialias: return nil
        default:
            return WeightedPixels(
                height: input[0], width: input[1],
                rows: interpolation.neighbours(from: input[0], to: output[0], antialias: antialias),
                columns: interpolation.neighbours(from: input[1], to: output[1], antialias: antialias))
        }
    }

    private mutating func gather(_ operation: Operation, _ pixels: any PixelTransfer) throws(TensorError) {
        let source = try fetch(operation.inputs[0], as: shape(operation.inputs[0]).rowMajor(batch: batch))
        let destination = define(operation.output, shape(operation.output).rowMajor(batch: batch))
        program.gather(pixels, from: source, to: destination)
    }

    private mutating func scatter(
        _ operation: Operation, _ pixels: any PixelTransfer, _ gradient: Gradient
    ) throws(TensorError) {
        let incoming = try converted(
            gradient.buffer, to: shape(operation.output).rowMajor(batch: batch), in: .backward)
        let result = program.workspaceBuffer(shape(operation.inputs[0]).rowMajor(batch: batch))
        program.scatter(pixels, from: incoming, to: result)
        try addGradient(Gradient(buffer: result, isOwned: true), to: operation.inputs[0])
    }
}

extension Interpolation {
    /// The library's, which has these two.
    fileprivate var resampling: Resampling { self == .nearest ? .nearest : .linear }
}
