import Evaluation
import Experiments
import Training

/// Runs the experiment of a trial in a folder of its own.
public protocol TrialRunner {
    /// Runs the experiment, or goes on with it where the folder has a part of it, or only reads what came out where it
    /// has all.
    /// - Parameters:
    ///   - folder: the run's folder, which may not be there yet.
    ///   - control: what is told, and asked, meanwhile.
    /// - Returns: the metrics of ``Metric/atTheEnd``, and those of ``Metric/byEpoch`` of the epoch whose arrays
    ///   are kept.
    /// - Throws: whatever goes wrong with the experiment, and what `control` throws.
    func run(
        _ configuration: ExperimentConfiguration, in folder: RunFolder, control: TrialControl
    ) throws -> [String: Double]
}

/// What a trial's run tells, and asks, meanwhile.
public struct TrialControl {
    /// Hears of an epoch. It throws where the trial is not to go on.
    public var epochEnded: (EpochRecord) throws -> Void
    /// Is called before anything of the run is written that replaces what is there. It throws where somebody else has
    /// the trial by now.
    public var permitWriting: () throws -> Void
    /// Decides, by the metrics that the trial has at its end, whether its weights are kept.
    public var keepsWeights: ([String: Double]) throws -> Bool
    /// The trial's place among those that are trained with it; nil where it is trained alone.
    public var member: Lockstep.Member?
    /// Is called after each step. It throws `CancellationError` where the program is to end.
    public var check: () throws -> Void

    /// A control.
    public init(
        epochEnded: @escaping (EpochRecord) throws -> Void, permitWriting: @escaping () throws -> Void,
        keepsWeights: @escaping ([String: Double]) throws -> Bool = { _ in true },
        check: @escaping () throws -> Void
    ) {
        self.keepsWeights = keepsWeights
        self.epochEnded = epochEnded
        self.permitWriting = permitWriting
        self.check = check
    }
}

extension EpochRecord {
    /// The epoch's metrics by the names of ``Metric/byEpoch``.
    public var metrics: [String: Double] {
        var metrics = ["loss": loss, "accuracy": accuracy]
        metrics["val_loss"] = validationLoss
        metrics["val_accuracy"] = validationAccuracy
        metrics["val_balanced_accuracy"] = validationBalancedAccuracy
        metrics["val_f1_macro"] = validationF1Macro
        return metrics
    }
}
