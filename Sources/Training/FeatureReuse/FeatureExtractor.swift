import Layers
import Tensors

/// Computes what the fixed beginning of a network makes of pictures, always in batches of one size, so that the
/// same picture has the same features to the last bit, whatever the batches of the training are: a library may
/// choose other kernels for other sizes.
final class FeatureExtractor {
    /// How many pictures are computed at a time.
    static let batchSize = 8

    /// Identifies the network, its arrays and what else the last bits depend on.
    let identity: ContentHash
    /// The shape of a picture's features.
    var shape: Shape { network.outputShape }
    /// How long a picture takes, in seconds; 0 before the first.
    var secondsPerPicture: Double { seconds / Double(max(count, 1)) }

    private var count = 0
    private var seconds = 0.0

    private let network: Network
    private let parameters: Parameters
    private let plan: ExecutionPlan

    init(_ network: Network, _ parameters: Parameters) throws {
        self.network = network
        // No more than the beginning's own: the others are changed in every step, and must not be shared.
        var own = Parameters()
        for (key, _) in network.parameters { own[key] = parameters[key] }
        self.parameters = own
        plan = try ExecutionPlan(network, batchSize: Self.batchSize)
        var hasher = ContentHasher()
        hasher.add("\(ComputeIdentity.current), batches of \(Self.batchSize)")
        hasher.add(try network.contentHash(own))
        identity = hasher.finish()
    }

    /// The features of some pictures, at most ``batchSize``.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`.
    ///   - tally: counts them.
    /// - Returns: `[N, …]`.
    func callAsFunction(_ inputs: Tensor, _ tally: FeatureTally = FeatureTally()) throws -> Tensor {
        let start = ContinuousClock.now
        let pictures = inputs.shape[0]
        defer {
            let taken = (.now - start) / .seconds(1)
            (count, seconds) = (count + pictures, seconds + taken)
            tally.use.computed += pictures
            tally.use.secondsComputing += taken
        }
        guard pictures < Self.batchSize else { return try plan.forward(inputs, parameters) }
        var filled = Tensor(zeros: network.inputShape.batched(Self.batchSize))
        filled.copyElements(0..<inputs.elementCount, from: inputs, at: 0)
        let features = try plan.forward(filled, parameters)
        var result = Tensor(zeros: shape.batched(pictures))
        result.copyElements(0..<result.elementCount, from: features, at: 0)
        return result
    }
}
