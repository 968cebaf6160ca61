import Tensors

/// Some samples, ready for a network.
public struct Batch: Sendable {
    /// `[N, H, W, C]`, scaled.
    public let inputs: Tensor
    /// What the N samples are.
    public let targets: Targets
    /// The samples' positions in the dataset's ``Dataset/samples``.
    public let sampleIndices: [Int]

    /// A batch of samples.
    public init(inputs: Tensor, targets: Targets, sampleIndices: [Int]) {
        self.inputs = inputs
        self.targets = targets
        self.sampleIndices = sampleIndices
    }
}
