import Tensors

/// How a compiled program's buffers are connected to the world.
struct PlanBindings {
    /// A kernel that is derived from the parameter store whenever it has changed there.
    struct Kernel {
        var key: ParameterKey
        var folding: FoldedNormalization?
        /// How many neighbouring elements belong to one output channel.
        var run: Int
        var source: BufferID
        var preparation: Int
    }

    /// A bias into which a normalization is folded.
    struct FoldedBias {
        var bias: ParameterKey?
        var folding: FoldedNormalization
        var buffer: BufferID
    }

    /// A factor and a term a channel that follow from arrays.
    struct Affine {
        var affine: ChannelAffine
        var factors: BufferID
        var terms: BufferID
    }

    /// Statistics of a batch, from which the running ones are moved.
    struct BatchStatistics {
        var movingMean: ParameterKey
        var movingVariance: ParameterKey
        var momentum: Float
        var mean: BufferID
        var variance: BufferID
    }

    var inputs: [BufferID] = []
    var outputs: [BufferID] = []
    var outputGradient: BufferID?
    var inputGradient: BufferID?
    /// Arrays that are read where they lie in the parameter store.
    var parameters: [(key: ParameterKey, buffer: BufferID)] = []
    var kernels: [Kernel] = []
    var foldedBiases: [FoldedBias] = []
    var affines: [Affine] = []
    var statistics: [BatchStatistics] = []
    var gradients: [ParameterKey: BufferID] = [:]
}
