import Datasets
import Tensors

/// What a network's outputs are worth, worked out from its logits with the gradient: exact where the softmax
/// or the sigmoid would underflow.
///
/// Losses of several samples are averaged over the batch as Keras does: `Σ weight · loss / N`, with the number
/// of samples below the line and not the sum of the weights (which is PyTorch's mean).
public struct Loss: Sendable, Equatable {
    /// The loss of one sample, by Keras's names.
    public enum Function: Sendable, Equatable {
        /// Between a distribution and the softmax of the logits.
        case categoricalCrossEntropy
        /// The same, with less weight on what is told easily.
        case categoricalFocalCrossEntropy(FocalCrossEntropy = FocalCrossEntropy())
        /// Between each class's indicator and the sigmoid of its logit.
        case binaryCrossEntropy(BinaryCrossEntropy = BinaryCrossEntropy())
    }

    /// The loss of one sample.
    public var function: Function
    /// How much a sample counts, by its class; of soft targets by the greatest, as Keras's `class_weight` has
    /// it. nil for alike. Only training is weighted, validation is not.
    public var classWeights: [Float]?
    /// The share `s` of the target that is spread evenly, in `0..<1`, as in Keras: over all classes, so that a
    /// target `t` becomes `(1 − s) t + s / K`, or of each indicator over both sides, `(1 − s) t + s / 2`.
    ///
    /// Szegedy et al., "Rethinking the Inception architecture", CVPR 2016.
    public var labelSmoothing: Float

    /// A loss.
    public init(
        _ function: Function = .categoricalCrossEntropy, classWeights: [Float]? = nil,
        labelSmoothing: Float = 0
    ) {
        self.function = function
        self.classWeights = classWeights
        self.labelSmoothing = labelSmoothing
    }

    /// What a batch's logits are worth.
    public struct Evaluation: Sendable {
        /// The mean loss of the batch.
        public var loss: Double
        /// How many samples are told correctly.
        public var correct: Int
        /// Of the mean loss with respect to the logits, `[N, K]`.
        public var gradient: Tensor
    }

    /// Whether the network's outputs are a sigmoid each, and not a softmax together.
    public var isBinary: Bool {
        if case .binaryCrossEntropy = function { true } else { false }
    }

    /// Evaluates a batch.
    ///
    /// A sample is told correctly where the greatest logit is at the greatest target, which is how Keras's
    /// and torchvision's training report the accuracy with soft or mixed targets; with a binary loss, where
    /// every class is on its target's side of a half: scikit-learn's `accuracy_score` of indicators.
    /// - Parameters:
    ///   - logits: `[N, K]`.
    ///   - targets: of the N samples.
    ///   - weighted: whether ``classWeights`` count.
    public func callAsFunction(
        _ logits: Tensor, _ targets: Targets, weighted: Bool = true
    ) -> Evaluation {
        let (batch, classes) = (logits.shape[0], logits.shape[-1])
        precondition(batch == targets.count, "\(targets.count) targets for logits \(logits.shape)")
        let (allLogits, allTargets) = (logits.elements, targets.dense(classes: classes).elements)
        var result = Evaluation(loss: 0, correct: 0, gradient: Tensor(zeros: logits.shape))
        result.gradient.withMutableElements { gradient in
            for start in stride(from: 0, to: batch * classes, by: classes) {
                let row = allLogits[start..<start + classes].map(Double.init)
                let target = allTargets[start..<start + classes].map(Double.init)
                let weight = weighted ? weight(of: target) : 1
                let (loss, slope) = evaluate(row, smoothed(target))
                result.loss += weight * loss / Double(batch)
                result.correct += isCorrect(row, target) ? 1 : 0
                for index in 0..<classes {
                    gradient[start + index] = Float(weight * slope[index] / Double(batch))
                }
            }
        }
        return result
    }

    private func evaluate(_ logits: [Double], _ targets: [Double]) -> (loss: Double, gradient: [Double]) {
        switch function {
        case .categoricalCrossEntropy: crossEntropy(logits, targets)
        case .categoricalFocalCrossEntropy(let loss): loss(logits, targets)
        case .binaryCrossEntropy(let loss): loss(logits, targets)
        }
    }

    private func smoothed(_ targets: [Double]) -> [Double] {
        guard labelSmoothing != 0 else { return targets }
        let share = Double(labelSmoothing)
        let rest = share / (isBinary ? 2 : Double(targets.count))
        return targets.map { $0 * (1 - share) + rest }
    }

    private func weight(of targets: [Double]) -> Double {
        classWeights.map { Double($0[greatest(targets)]) } ?? 1
    }

    private func isCorrect(_ logits: [Double], _ targets: [Double]) -> Bool {
        isBinary
            ? zip(logits, targets).allSatisfy { ($0 > 0) == ($1 > 0.5) }
            : greatest(logits) == greatest(targets)
    }
}

/// The position of the greatest number; of equal ones the first.
func greatest(_ values: [some Comparable]) -> Int {
    var best = 0
    for index in values.indices where values[index] > values[best] { best = index }
    return best
}
