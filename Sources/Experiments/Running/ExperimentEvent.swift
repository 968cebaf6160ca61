import Training

/// What an experiment tells while it runs.
public enum ExperimentEvent: Sendable {
    /// Which network it speaks of.
    public enum Variant: String, Sendable, Codable {
        /// The network that the experiment is about.
        case fineTuned = "fine_tuned"
        /// The same network from random weights, for comparison.
        case fromScratch = "from_scratch"
    }

    /// The training of one of the networks.
    case training(TrainingEvent, Variant)
    /// The head of the network that the experiment is about is worked out, from so many samples.
    case solving(HeadSolver, samples: Int)
    /// The head is no better worked out than this says.
    case solvedPartly(ConvergenceWarning)
    /// So many of the validation pictures were judged once more, by the weights that are kept.
    case validating(done: Int, total: Int, Variant)
    /// So many of the test pictures were judged.
    case testing(done: Int, total: Int, Variant)
}
