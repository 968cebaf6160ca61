/// Pulls weights towards those that fine-tuning starts from, instead of towards zero: Li, Grandvalet and
/// Davoine, "Explicit inductive bias for transfer learning with convolutional networks", ICML 2018.
///
/// Adds `alpha / 2 · ‖w − w⁰‖²` for the kernels of imported layers and `beta / 2 · ‖w‖²` for all others.
public struct L2SP: Sendable, Equatable {
    /// How strongly imported kernels are pulled to what they were.
    public var alpha: Float
    /// How strongly new kernels are pulled to zero.
    public var beta: Float

    /// A pull.
    public init(alpha: Float, beta: Float = 0.01) {
        self.alpha = alpha
        self.beta = beta
    }
}
