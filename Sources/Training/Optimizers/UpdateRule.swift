import Tensors

/// The formula by which an optimizer moves one array against its gradient.
protocol UpdateRule: Sendable {
    /// How many arrays are remembered of each one that is trained.
    var slotCount: Int { get }

    /// What a remembered array is filled with before the first step.
    var initialSlot: Float { get }

    /// Moves an array.
    /// - Parameter slots: what is remembered of it, ``slotCount`` arrays of its shape.
    func update(_ tensor: inout Tensor, _ slots: inout [Tensor], gradient: Span<Float>, _ step: UpdateStep)
}

extension UpdateRule {
    var initialSlot: Float { 0 }
}

/// What a step's update depends on beside the array and its gradient.
struct UpdateStep {
    /// The number of the array's step, counted from 1.
    var number: Int
    /// The learning rate.
    var rate: Float
    /// The share of itself that the array loses apart from the gradient: the learning rate times the weight
    /// decay. One less it would have lost digits.
    var decay: Float
    /// The momentum that a schedule asks for, instead of the optimizer's own.
    var momentum: Double?
}
