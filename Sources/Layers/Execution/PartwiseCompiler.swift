import Tensors

// The first layers of a network make by far the largest values, and nothing is learnt from a whole batch of them
// at inference. They run for one part of the batch after another, so that the memory of one part is enough and
// stays in the caches.

extension PlanCompiler {
    /// How many bytes a value may have that is kept for the whole batch.
    private static let limit = 32 << 20

    /// Compiles as many of the first operations as are worth it, for one part of the batch after another.
    /// - Returns: how many operations those are.
    mutating func compileInParts() throws(TensorError) -> Int {
        let (count, part) = leadingOperations()
        guard part < batch else { return 0 }
        let (whole, end) = (batch, graph.operations[count - 1].output)
        batch = part
        defer { batch = whole }
        var joined: BufferID?
        for first in stride(from: 0, to: whole, by: part) {
            let input = pictures(
                of: bindings.inputs[0], from: first, like: shape(graph.input).rowMajor(batch: part))
            representations = [graph.input: [input]]
            for index in 0..<count { try compileForward(index) }
            let result = primary(end)
            let all = joined ?? program.workspaceBuffer(layout(result).batched(whole))
            try copy(result, to: pictures(of: all, from: first, like: layout(result)), in: .forward)
            joined = all
        }
        representations = [end: [joined!]]
        return count
    }

    /// The operations up to the last value over the limit, to where only one value goes on from, and the part
    /// of the batch whose values keep to the limit.
    private func leadingOperations() -> (count: Int, part: Int) {
        guard graph.inputs.count == 1 else { return (0, batch) }
        let sizes = graph.operations.map { shape($0.output).elementCount * 4 }
        let separable = graph.operations.prefix(while: isSeparable).count
        let large = (sizes.lastIndex { $0 * batch > Self.limit } ?? -1) + 1
        // One more than the last large value, which itself is not to be kept whole.
        guard large > 0, large < separable,
            let count = (large + 1...separable).first(where: isOnlyLinkAfter(first:))
        else { return (0, batch) }
        let largest = sizes[..<count].max() ?? 0
        let part = (1...batch).last { batch % $0 == 0 && $0 * largest <= Self.limit } ?? 1
        return (count, part)
    }

    /// Whether a picture's result depends on that picture only, and no gradient is asked for.
    private func isSeparable(_ operation: Operation) -> Bool {
        if needsGradient(operation.output) || graph.outputs.contains(operation.output) { return false }
        switch operation.kind {
        case .noise: return false
        case .batchNormalization(let keys, _, _): return !mode.usesBatchStatistics(operation.layer, keys)
        default: return true
        }
    }

    /// Whether the operations behind the first `count` read nothing but the last one's result.
    private func isOnlyLinkAfter(first count: Int) -> Bool {
        let made = Set(graph.operations[..<count].map(\.output) + [graph.input])
        let read = Set(graph.operations[count...].flatMap(\.inputs) + graph.outputs).intersection(made)
        return read == [graph.operations[count - 1].output]
    }
}
