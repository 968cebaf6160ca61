import Layers
import Tensors

/// Computes steps of heads of one structure together, each layer's products of all heads at once.
///
/// What comes out for a head is the same, to the last bit, whatever others it is computed with, and so is what a
/// head is trained with alone.
final class HeadBatch: HeadComputer {
    private struct Kind: Hashable {
        var layers: [HeadChain.Layer]
        var rows: Int
        var heads: Int
    }

    private static let limit = 16
    private var programs: [Kind: HeadProgram] = [:]

    /// Computes a step by itself.
    func gradients(of step: HeadStep) throws -> HeadGradients? { try results(of: [step])[0].get() }

    /// Computes some steps: those of one structure and size together.
    /// - Returns: what came out for each: an error is the step's own, or that of all which were computed with it.
    func results(of steps: [HeadStep]) -> [Result<HeadGradients?, any Error>] {
        var results = [Result<HeadGradients?, any Error>](repeating: .success(nil), count: steps.count)
        let groups = Dictionary(grouping: steps.indices) { index in
            Kind(layers: steps[index].chain.layers, rows: steps[index].count, heads: 0)
        }
        for (kind, indices) in groups {
            let found: [Result<HeadGradients?, any Error>]
            do {
                found = try program(kind, heads: indices.count).run(indices.map { steps[$0] })
            } catch {
                found = indices.map { _ in .failure(error) }
            }
            for (index, result) in zip(indices, found) { results[index] = result }
        }
        return results
    }

    private func program(_ kind: Kind, heads: Int) throws -> HeadProgram {
        var kind = kind
        kind.heads = heads
        if let program = programs[kind] { return program }
        // Trials that end leave batches of sizes behind that do not come again.
        if programs.count == Self.limit { programs = [:] }
        let program = try HeadProgram(kind.layers, rows: kind.rows, heads: heads)
        programs[kind] = program
        return program
    }
}
