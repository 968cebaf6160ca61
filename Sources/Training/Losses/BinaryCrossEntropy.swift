import Foundation

/// The cross-entropy between the indicator `t` of every class and the sigmoid `p` of its logit, averaged over
/// the classes: `−(w t log p + (1 − t) log(1 − p))`. Keras's `BinaryCrossentropy`; with weights, PyTorch's
/// `BCEWithLogitsLoss`.
public struct BinaryCrossEntropy: Sendable, Equatable {
    /// `w`, how much each class counts where it is there: PyTorch's `pos_weight`. nil for 1.
    public var positiveWeights: [Float]?

    /// A loss.
    public init(positiveWeights: [Float]? = nil) { self.positiveWeights = positiveWeights }

    func callAsFunction(_ logits: [Double], _ targets: [Double]) -> (loss: Double, gradient: [Double]) {
        let classes = Double(logits.count)
        var loss = 0.0
        var gradient = [Double](repeating: 0, count: logits.count)
        for index in logits.indices {
            let (logit, target) = (logits[index], targets[index])
            let positive = target * (positiveWeights.map { Double($0[index]) } ?? 1)
            loss += (positive * Self.softplus(-logit) + (1 - target) * Self.softplus(logit)) / classes
            gradient[index] =
                ((1 - target) * Self.sigmoid(logit) - positive * Self.sigmoid(-logit)) / classes
        }
        return (loss, gradient)
    }

    /// `log(1 + exp x)`.
    private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

    static func sigmoid(_ x: Double) -> Double {
        x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
    }
}
