import Tensors

/// Some samples, ready for a network.
public struct Batch: Sendable {
    /// `[N, H, W, C]`, scaled.
    public let inputs: Tensor
    /// What the N samples are.
    public let targets: Targets
    /// The samples' positions in the dataset's ``Dataset/samples``.
    public let sampleIndices: [Int]
}
