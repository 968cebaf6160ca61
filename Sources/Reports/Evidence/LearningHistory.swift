import Evaluation

/// The epochs of a run in the order in which they were trained.
public struct LearningHistory: Sendable, Equatable {
    /// The epochs, of all stages.
    public var epochs: [EpochRecord]
    /// The position in ``epochs`` of the one whose weights were kept; nil where none stands out.
    public var best: Int?

    /// Epochs in a row that are of one stage.
    struct Stage {
        var name: String
        /// Their numbers through all stages, counted from 1, the last one included.
        var epochs: ClosedRange<Int>
    }

    /// The stages in their order.
    var stages: [Stage] {
        var stages: [Stage] = []
        for (index, epoch) in epochs.enumerated() {
            if let last = stages.last, last.name == epoch.stage {
                stages[stages.count - 1].epochs = last.epochs.lowerBound...index + 1
            } else {
                stages.append(Stage(name: epoch.stage, epochs: index + 1...index + 1))
            }
        }
        return stages
    }

    /// A history.
    public init(epochs: [EpochRecord], best: Int? = nil) {
        self.epochs = epochs
        self.best = best
    }
}
