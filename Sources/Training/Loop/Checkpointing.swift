/// How a state of the training is saved, so that it can be resumed: after every epoch, within an epoch every
/// so often, and where an observer ends the training by a `CancellationError`.
public struct Checkpointing<State> {
    /// How long is waited, within an epoch, before the state is saved again.
    public var interval: Duration
    /// Saves a state; an error that it throws ends the training.
    public var save: (State) throws -> Void

    /// A way of saving.
    public init(every interval: Duration, save: @escaping (State) throws -> Void) {
        self.interval = interval
        self.save = save
    }
}
