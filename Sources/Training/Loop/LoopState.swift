import Evaluation
import Layers

/// Everything that the rest of a training depends on: a loop that resumes it ends with the same arrays, bit
/// for bit, as one that was never stopped.
public struct LoopState: Sendable {
    /// The trainer's arrays and counters.
    public var trainer: TrainerState
    /// Every epoch so far, of all stages.
    public var history: [EpochRecord]
    /// How far the stage has come.
    public var stage: StageProgress

    /// A state.
    public init(trainer: TrainerState, history: [EpochRecord], stage: StageProgress) {
        self.trainer = trainer
        self.history = history
        self.stage = stage
    }
}

/// How far a stage has come.
public struct StageProgress: Sendable {
    /// How many epochs are over.
    public var epochs = 0
    /// What early stopping has seen.
    public var earlyStopping = EarlyStopping.Progress()
    /// What the reduction of the learning rate has seen.
    public var plateau = ReduceOnPlateau.Progress()
    /// Whether early stopping has ended the stage.
    public var hasStopped = false
    /// The best epoch's arrays, where they are to be restored.
    public var best: Parameters?
    /// How far the epoch under way has come.
    public var epoch = EpochProgress()

    /// A stage that begins.
    public init() {}
}

/// How far an epoch has come.
public struct EpochProgress: Sendable, Equatable, Codable {
    /// How many batches were shown.
    public var steps = 0
    /// How many pictures were shown.
    public var done = 0
    /// How many of them were classified correctly.
    public var correct = 0
    /// The sum of their losses.
    public var loss = 0.0
    /// How long that took.
    public var seconds = 0.0

    /// An epoch that begins.
    public init() {}

    var meanLoss: Double { loss / Double(max(done, 1)) }
    var accuracy: Double { Double(correct) / Double(max(done, 1)) }

    mutating func add(_ result: Trainer.StepResult, seconds: Double) {
        steps += 1
        done += result.count
        correct += result.correct
        loss += result.loss * Double(result.count)
        self.seconds = seconds
    }
}
