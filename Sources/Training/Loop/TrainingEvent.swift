import Evaluation

/// What a training loop tells while it runs.
public enum TrainingEvent: Sendable {
    /// How far an epoch has come.
    public struct Progress: Sendable {
        /// The stage's name.
        public var stage: String
        /// The epoch of the stage, counted from 1.
        public var epoch: Int
        /// How many epochs the stage has at most.
        public var epochs: Int
        /// How many pictures of the epoch were shown.
        public var done: Int
        /// How many pictures the epoch has.
        public var total: Int
        /// The mean loss so far.
        public var loss: Double
        /// The share classified correctly so far.
        public var accuracy: Double
        /// How many pictures a second are worked through.
        public var imagesPerSecond: Double
        /// The step by itself.
        public var step: StepRecord
    }

    /// A stage begins; so many numbers are trained.
    case stageBegan(TrainingStage, trainableParameters: Int)
    /// What a frozen beginning of the network gives is brought together.
    case features(FeatureEvent)
    /// More layers are trained from now on: those of these groups, in all so many numbers.
    case layersUnfrozen(groups: [String], trainableParameters: Int)
    /// A step was taken.
    case stepEnded(Progress)
    /// Running statistics are estimated anew for averaged weights, by so many pictures of so many.
    case statisticsEstimated(done: Int, total: Int)
    /// An epoch is over.
    case epochEnded(EpochRecord)
    /// A stage is over: after so many epochs, of which one (counted as in ``EpochRecord``) gave the arrays
    /// that are kept.
    case stageEnded(TrainingStage, epochs: Int, keptEpoch: Int, stoppedEarly: Bool)
}
