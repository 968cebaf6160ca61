import Tensors

/// How whole batches of training pictures are varied, once their pixels are scaled.
///
/// What happens to a batch depends on the seed, the epoch and the batch's number, not on the number of threads
/// or on where a resumed epoch began.
public struct BatchVariation: Sendable, Equatable {
    /// How parts of pictures are erased; nil for not at all.
    public var erasing: RandomErasing?
    /// How pictures are mixed with one another, after that.
    public var mixing: Mixing

    /// No variation but what is given.
    public init(erasing: RandomErasing? = nil, mixing: Mixing = Mixing()) {
        self.erasing = erasing
        self.mixing = mixing
    }

    /// Whether batches change.
    public var isActive: Bool { mixing.isActive || (erasing?.probability ?? 0) > 0 }

    func apply(to batch: Batch, seed: UInt64, epoch: Int, number: Int, classes: Int) -> Batch {
        var inputs = batch.inputs
        if let erasing { erasing.apply(to: &inputs, batch.sampleIndices, seed: seed, epoch: epoch) }
        var random = SeededRandom(seed: seed, stream: RandomStream.mixing, epoch, number)
        let mixture = mixing.draw(
            &random, count: batch.sampleIndices.count, input: inputs.shape.unbatched)
        return Batch(
            inputs: mixture?.apply(to: inputs) ?? inputs,
            targets: mixture?.apply(to: batch.targets, classes: classes) ?? batch.targets,
            sampleIndices: batch.sampleIndices)
    }
}
