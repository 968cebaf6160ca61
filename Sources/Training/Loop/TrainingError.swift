/// What can go wrong while a network is trained.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
    /// The loss is no longer a number.
    case lossNotFinite(loss: Double, step: Int, learningRate: Double)
    /// A label is not one of the network's classes.
    case label(Int, classes: Int)
    /// Nothing would change.
    case nothingToTrain(stage: String)

    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .lossNotFinite(let loss, let step, let learningRate):
            "the loss became \(loss) in step \(step), at a learning rate of \(learningRate); try a smaller "
                + "learning rate, a warm-up, or 'clip_norm'"
        case .label(let label, let classes):
            "a sample is labelled \(label), but the network has \(classes) classes"
        case .nothingToTrain(let stage):
            "stage '\(stage)': all layers are frozen; there is nothing to train"
        }
    }
}
