import Foundation
import Tensors

/// The cross-entropy between labels and the softmax of logits, worked out from the logits themselves:
/// exact where the softmax would underflow.
///
/// With label smoothing `s`, the label's target is `1 − s + s / K` and every other's `s / K`, as in Keras:
/// Szegedy et al., "Rethinking the Inception architecture", CVPR 2016.
public struct CrossEntropy: Sendable, Equatable {
    /// The share of the target that is spread evenly over all classes, in `0..<1`.
    public var labelSmoothing: Float

    /// A cross-entropy.
    public init(labelSmoothing: Float = 0) { self.labelSmoothing = labelSmoothing }

    /// What a batch's logits are worth.
    public struct Evaluation: Sendable {
        /// The mean loss of the batch.
        public var loss: Double
        /// How many labels have the greatest logit.
        public var correct: Int
        /// Of the mean loss with respect to the logits, `[N, K]`.
        public var gradient: Tensor
    }

    /// Evaluates a batch.
    /// - Parameters:
    ///   - logits: `[N, K]`.
    ///   - labels: N class numbers.
    public func callAsFunction(_ logits: Tensor, _ labels: [Int]) -> Evaluation {
        let classes = logits.shape[-1]
        precondition(logits.shape[0] == labels.count, "\(labels.count) labels for logits \(logits.shape)")
        var gradient = Tensor(zeros: logits.shape)
        var loss = 0.0
        var correct = 0
        logits.withElements { logits in
            gradient.withMutableElements { gradient in
                for (row, label) in labels.enumerated() {
                    let start = row * classes
                    let best = Self.greatest(logits, start, classes)
                    correct += best == label ? 1 : 0
                    loss += evaluate(
                        logits, &gradient, start..<start + classes, greatest: logits[start + best],
                        label: label, batch: labels.count)
                }
            }
        }
        return Evaluation(loss: loss / Double(labels.count), correct: correct, gradient: gradient)
    }

    private func evaluate(
        _ logits: Span<Float>, _ gradient: inout MutableSpan<Float>, _ range: Range<Int>, greatest: Float,
        label: Int, batch: Int
    ) -> Double {
        var sum = 0.0
        for index in range { sum += exp(Double(logits[index] - greatest)) }
        let smoothing = Double(labelSmoothing)
        let rest = smoothing / Double(range.count)
        var loss = 0.0
        for index in range {
            let logProbability = Double(logits[index] - greatest) - log(sum)
            let target = rest + (index - range.lowerBound == label ? 1 - smoothing : 0)
            loss -= target == 0 ? 0 : target * logProbability
            gradient[index] = Float((exp(logProbability) - target) / Double(batch))
        }
        return loss
    }

    private static func greatest(_ logits: Span<Float>, _ start: Int, _ count: Int) -> Int {
        var best = 0
        for index in 1..<max(count, 1) where logits[start + index] > logits[start + best] { best = index }
        return best
    }
}
