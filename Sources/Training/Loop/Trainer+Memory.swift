import Layers
import Tensors

extension Trainer {
    /// How much memory steps take, in bytes.
    public struct Memory: Sendable, Equatable {
        /// The network's arrays.
        public var parameters: Int
        /// What the optimizer will remember of the arrays that are trained.
        public var optimizerState: Int
        /// Intermediate values of the step, or of judging, whichever takes more; they share the memory.
        public var workspace: Int
        /// Kernels in the processor's layout, and gradients that are kept.
        public var persistent: Int

        /// Everything together.
        public var total: Int { parameters + optimizerState + workspace + persistent }
    }

    /// How much memory the stage's steps take, found by compiling them.
    /// - Parameters:
    ///   - batchSize: how many pictures a step takes.
    ///   - evaluationBatchSize: how many are judged at a time.
    /// - Throws: ``TensorError`` where the library cannot do what the network asks for, or memory is short.
    public func memory(batchSize: Int, evaluationBatchSize: Int) throws -> Memory {
        let float = MemoryLayout<Float>.size
        let plans = [
            try plan(batchSize: batchSize), try evaluationPlan(batchSize: evaluationBatchSize),
        ]
        return Memory(
            parameters: float * network.parameterCount,
            optimizerState: float * optimizer.slotCount * trainableParameterCount,
            workspace: plans.map(\.workspaceByteCount).max() ?? 0,
            persistent: plans.reduce(0) { $0 + $1.persistentByteCount })
    }
}
