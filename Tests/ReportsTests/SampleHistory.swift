import Evaluation
import Reports

/// Made-up courses of training to draw.
enum SampleHistory {
    static let twoStages = make([("head", 3), ("top <blocks> & more", 5)], best: 6)

    /// A course whose loss falls and whose accuracy rises evenly.
    static func make(
        _ stages: [(name: String, epochs: Int)], hasValidation: Bool = true, best: Int? = nil
    ) -> LearningHistory {
        let names = stages.flatMap { Array(repeating: $0.name, count: $0.epochs) }
        let epochs = names.enumerated().map { index, name in
            let progress = Double(index + 1) / Double(names.count)
            return EpochRecord(
                stage: name, epoch: index + 1, learningRate: 0.001, loss: 2 - 1.5 * progress,
                accuracy: 0.2 + 0.7 * progress, validationLoss: hasValidation ? 2 - progress : nil,
                validationAccuracy: hasValidation ? 0.2 + 0.5 * progress : nil, seconds: 10,
                imagesPerSecond: 100)
        }
        return LearningHistory(epochs: epochs, best: best)
    }
}
