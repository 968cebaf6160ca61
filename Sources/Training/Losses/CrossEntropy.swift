import Foundation

/// The logarithms of the softmax of some logits.
func logSoftmax(_ logits: [Double]) -> [Double] {
    let greatest = logits.max() ?? 0
    let logSum = log(logits.reduce(0) { $0 + exp($1 - greatest) })
    return logits.map { $0 - greatest - logSum }
}

/// The cross-entropy between targets and the softmax of logits, `−Σ t log p`, and its gradient with respect to
/// the logits, `p Σ t − t`.
func crossEntropy(_ logits: [Double], _ targets: [Double]) -> (loss: Double, gradient: [Double]) {
    let logarithms = logSoftmax(logits)
    let sum = targets.reduce(0, +)
    var loss = 0.0
    // Without this, a target of zero would meet a logarithm of minus infinity.
    for (target, logarithm) in zip(targets, logarithms) where target != 0 { loss -= target * logarithm }
    return (loss, zip(targets, logarithms).map { sum * exp($1) - $0 })
}
