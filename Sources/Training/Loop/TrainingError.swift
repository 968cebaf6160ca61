import Tensors

/// What can go wrong while a network is trained.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
    /// The loss is no longer a number; steps count from 1.
    case lossNotFinite(loss: Double, step: Int, learningRate: Double, origin: NonFiniteOrigin?)
    /// The loss is a number, but a gradient is not: that of the array nearest to the loss is named.
    case gradientNotFinite(array: String, step: Int, learningRate: Double)
    /// The loss of the validation pictures is no longer a number.
    case validationLossNotFinite(loss: Double, epoch: Int, learningRate: Double)
    /// A label is not one of the network's classes.
    case label(Int, classes: Int)
    /// Targets have a number for more or fewer classes than the network has.
    case targets(classes: Int, found: Int)
    /// Nothing would change.
    case nothingToTrain(stage: String)
    /// A stage is over before it begins.
    case noEpochs(stage: String, found: Int)
    /// What an optimizer is to remember of an array is not of the array's shape, or of another optimizer.
    case optimizerState(array: String, expected: [Shape], found: [Shape])

    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .lossNotFinite(let loss, let step, let learningRate, let origin):
            "the loss became \(loss) in step \(step), at a learning rate of \(learningRate); "
                + (origin.map { "\($0); " } ?? "") + Self.advice(origin)
        case .gradientNotFinite(let array, let step, let learningRate):
            "the gradient of '\(array)' is not finite in step \(step), at a learning rate of "
                + "\(learningRate), though the loss is; \(Self.advice)"
        case .validationLossNotFinite(let loss, let epoch, let learningRate):
            "the loss of the validation pictures became \(loss) in epoch \(epoch), at a learning rate of "
                + "\(learningRate); \(Self.advice)"
        case .label(let label, let classes):
            "a sample is labelled \(label), but the network has \(classes) classes"
        case .targets(let classes, let found):
            "the samples' targets: expected \(classes) numbers each, one a class of the network, found \(found)"
        case .nothingToTrain(let stage):
            "stage '\(stage)': all layers are frozen; there is nothing to train"
        case .noEpochs(let stage, let found):
            "stage '\(stage)': expected at least one epoch, found \(found)"
        case .optimizerState(let array, let expected, let found):
            "the optimizer's memory of '\(array)': expected the shapes \(expected), found \(found)"
        }
    }

    private static func advice(_ origin: NonFiniteOrigin?) -> String {
        origin == .pictures ? "look for pictures that are damaged" : advice
    }

    private static let advice = "try a smaller learning rate, a warm-up, or 'clip_norm'"
}
