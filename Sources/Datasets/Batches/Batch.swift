import Tensors

/// Some samples, ready for a network.
public struct Batch: Sendable {
    /// `[N, H, W, C]`, scaled.
    public let inputs: Tensor
    /// N class numbers.
    public let labels: [Int]
    /// The samples' positions in the dataset's ``Dataset/samples``.
    public let sampleIndices: [Int]
}
