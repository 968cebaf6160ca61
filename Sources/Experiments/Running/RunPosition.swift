import Training

/// Where a run is between two steps of its training.
public struct RunPosition: Sendable {
    /// The network that is trained.
    public var variant: ExperimentEvent.Variant
    /// The stage, counted from 0.
    public var stage: Int
    /// Where the training is.
    public var loop: LoopState

    /// A position.
    public init(variant: ExperimentEvent.Variant, stage: Int, loop: LoopState) {
        self.variant = variant
        self.stage = stage
        self.loop = loop
    }
}

/// Where a run is to go on. It hands its position out once: whoever kept it would keep the arrays of a large
/// network that are about to change.
public final class ResumePoint {
    private var position: RunPosition?

    /// A point of going on; the beginning, where there is no position.
    public init(_ position: RunPosition? = nil) { self.position = position }

    /// The position, if it is one of the network's.
    func take(_ variant: ExperimentEvent.Variant) -> RunPosition? {
        position?.variant == variant ? position.take() : nil
    }
}
