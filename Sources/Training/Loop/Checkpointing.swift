/// How a state of the training is saved, so that it can be resumed: after every epoch, within an epoch every
/// so often, and where an observer ends the training by a `CancellationError`.
public struct Checkpointing<State> {
    /// How long is waited, within an epoch, before the state is saved again.
    public var interval: Duration
    /// How many steps are taken, within an epoch, before it is; nil to go by the time alone.
    public var steps: Int?
    /// Saves a state; an error that it throws ends the training.
    public var save: (State) throws -> Void

    /// A way of saving.
    public init(every interval: Duration, steps: Int? = nil, save: @escaping (State) throws -> Void) {
        self.interval = interval
        self.steps = steps
        self.save = save
    }

    /// Whether the state is to be saved again so long after the last time.
    func isDue(after time: Duration, steps count: Int) -> Bool {
        time >= interval || steps.map { count >= $0 } ?? false
    }
}
