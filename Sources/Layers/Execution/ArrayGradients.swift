import Tensors

/// Where the gradients of arrays go.
extension PlanCompiler {
    /// Where the gradient of an array goes, in Keras's layout.
    mutating func gradientBuffer(_ key: ParameterKey, as layout: MemoryDescriptor? = nil) -> BufferID {
        let layout = layout ?? MemoryDescriptor(rowMajor: specs[key]!.shape.dimensions)
        guard !sharedKeys.contains(key) else {
            let part = program.workspaceBuffer(layout)
            sharedGradients[key, default: []].append(part)
            return part
        }
        return newGradient(of: key, layout)
    }

    /// Adds up the gradients that the calls of shared layers have, when all of them are known.
    mutating func addSharedGradients() throws(TensorError) {
        for (key, parts) in sharedGradients.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let whole = newGradient(
                of: key, MemoryDescriptor(rowMajor: [specs[key]!.shape.elementCount]))
            try copy(row(parts[0]), to: whole, in: .backward)
            for part in parts.dropFirst() {
                let primitive = try BinaryFunction.add.forward(layout(whole), layout(whole))
                program.run(
                    primitive, in: .backward,
                    [.source: whole, .secondSource: row(part), .destination: whole])
            }
        }
    }

    private mutating func newGradient(of key: ParameterKey, _ layout: MemoryDescriptor) -> BufferID {
        let buffer =
            mode.keepsGradients ? program.persistentBuffer(layout) : program.workspaceBuffer(layout)
        bindings.gradients[key] = buffer
        pendingGradients.append(buffer)
        return buffer
    }

    /// Hands over the gradients that are complete: those of the operation whose steps were just added.
    mutating func handOverGradients() {
        if !mode.keepsGradients { pendingGradients.forEach { program.handOver($0) } }
        pendingGradients = []
    }
}
