/// Which batches of an epoch make a step together, and how far each step goes.
struct StagePace {
    /// What a batch is to be taken with.
    struct Step {
        var learningRate: Double
        var momentum: Double?
        /// Whether later batches belong to the step, too.
        var isPartial: Bool
    }

    private let schedule: LearningRateSchedule
    private let epochs: Int
    private let firstStep: Int
    private let stepsPerEpoch: Int
    private let batches: Int
    private let accumulate: Int
    private let movesMomentum: Bool

    /// The pace of the epoch that comes next.
    /// - Parameter batches: how many an epoch has.
    init(_ stage: TrainingStage, _ progress: StageProgress, batches: Int) {
        var schedule = stage.schedule
        schedule.base = progress.plateau.rate ?? schedule.base
        self.schedule = schedule
        self.batches = batches
        epochs = stage.epochs
        accumulate = stage.accumulate
        movesMomentum = stage.optimizer.hasMomentum
        stepsPerEpoch = (batches + accumulate - 1) / accumulate
        firstStep = progress.epochs * stepsPerEpoch
    }

    /// How a batch is taken, counted from 0 in the epoch. The last step has the batches that are left.
    func step(batch: Int) -> Step {
        let step = firstStep + batch / accumulate
        return Step(
            learningRate: schedule.learningRate(step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs),
            momentum: movesMomentum
                ? schedule.momentum(step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs) : nil,
            isPartial: (batch + 1) % accumulate != 0 && batch + 1 < batches)
    }
}
