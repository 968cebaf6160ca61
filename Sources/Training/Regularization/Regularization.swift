import Layers
import Tensors

/// What keeps the weights small, or near to where they were, while they are trained.
public struct Regularization: Sendable, Equatable {
    /// The weight of the sum of the kernels' absolute values in the loss.
    public var l1: GroupValue
    /// The weight of the sum of the kernels' squares in the loss, Keras's meaning: the gradient is `2 · l2 · w`.
    public var l2: GroupValue
    /// The pull towards pretrained weights; nil for none.
    public var l2SP: L2SP?
    /// The greatest length of a filter; see `MaxNorm`. nil for no limit.
    public var maxNorm: Float?
    /// Which average of the weights is kept; nil for the last weights.
    public var averaging: WeightAveraging?
    /// Decoupled weight decay; see ``Optimizer/weightDecay``.
    public var weightDecay: Float
    /// See ``Loss/labelSmoothing``.
    public var labelSmoothing: Float
    /// The greatest norm that all gradients together may have; longer ones are shortened. nil for no limit.
    public var clipNorm: Float?
    /// The greatest size that an element of a gradient may have. nil for no limit.
    public var clipValue: Float?

    /// No regularization but what is given.
    public init(
        l1: GroupValue = 0, l2: GroupValue = 0, l2SP: L2SP? = nil, maxNorm: Float? = nil,
        averaging: WeightAveraging? = nil, weightDecay: Float = 0, labelSmoothing: Float = 0,
        clipNorm: Float? = nil, clipValue: Float? = nil
    ) {
        self.l1 = l1
        self.l2 = l2
        self.l2SP = l2SP
        self.maxNorm = maxNorm
        self.averaging = averaging
        self.weightDecay = weightDecay
        self.labelSmoothing = labelSmoothing
        self.clipNorm = clipNorm
        self.clipValue = clipValue
    }

    /// Whether a stage that restores nothing ends with the mean of several epochs' arrays.
    public var endsWithMean: Bool {
        if case .stochastic = averaging { true } else { false }
    }

    /// Checks that the layer groups that are named are a network's.
    /// - Throws: ``LayerError/unknownGroup(_:network:groups:)``
    public func check(_ network: Network) throws(LayerError) {
        let groups = [GroupValue.backbone] + network.groups
        if let name = (l1.names + l2.names).first(where: { !groups.contains($0) }) {
            throw .unknownGroup(name, network: network.name, groups: groups)
        }
    }
}
