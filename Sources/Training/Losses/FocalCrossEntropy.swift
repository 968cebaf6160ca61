import Foundation

/// The focal cross-entropy, Keras's `CategoricalFocalCrossentropy`: `−Σ α t (1 − p)^γ log p`, with the softmax
/// `p` of the logits. What is told easily counts little.
///
/// Keras keeps `p` away from 0 and 1 by 1e-7; this does not need to.
///
/// Lin et al., "Focal loss for dense object detection", ICCV 2017.
public struct FocalCrossEntropy: Sendable, Equatable {
    /// α, the weight of every class, or one for all.
    public var alpha: [Float]
    /// γ, how little easy samples count; with 0, this is the cross-entropy times α.
    public var gamma: Float

    /// A loss with Keras's defaults.
    public init(alpha: [Float] = [0.25], gamma: Float = 2) {
        self.alpha = alpha
        self.gamma = gamma
    }

    func callAsFunction(_ logits: [Double], _ targets: [Double]) -> (loss: Double, gradient: [Double]) {
        let logarithms = logSoftmax(logits)
        let gamma = Double(gamma)
        var loss = 0.0
        // With respect to the logarithms of the probabilities.
        var slopes = [Double](repeating: 0, count: logits.count)
        for index in logits.indices where targets[index] != 0 {
            let logarithm = logarithms[index]
            let factor = Double(alpha[alpha.count == 1 ? 0 : index]) * targets[index]
            let rest = -expm1(logarithm)
            let power = pow(rest, gamma)
            // `log p / (1 − p)` where p goes to one.
            let ratio = rest == 0 ? -1 : logarithm / rest
            loss -= factor * power * logarithm
            slopes[index] = factor * power * (gamma * exp(logarithm) * ratio - 1)
        }
        let sum = slopes.reduce(0, +)
        return (loss, zip(slopes, logarithms).map { $0 - exp($1) * sum })
    }
}
