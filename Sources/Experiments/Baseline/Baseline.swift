import Datasets
import Evaluation
import Layers
import Tensors
import Training

/// Closed-form heads on an experiment's frozen backbone: what can be had without training, to be beaten.
///
/// The settings of each kind are chosen by the validation pictures; the test pictures are judged once, by the
/// head that learnt from the training pictures with these settings.
public struct Baseline: Sendable {
    /// What one kind of head came to.
    public struct Row: Sendable {
        /// The kind with its settings.
        public var solver: HeadSolver
        /// The share of the validation pictures that it classifies correctly; nil where there are none.
        public var validationAccuracy: Double?
        /// What it makes of the test pictures.
        public var results: RunSummary.Results
        /// How long all its settings took together.
        public var seconds: Double
        /// That the fit with these settings has not converged.
        public var warning: ConvergenceWarning?
    }

    /// A row for each kind that could be worked out.
    public var rows: [Row] = []
    /// Why the others could not.
    public var failures: [String] = []
    /// How much the reuse of features spared.
    public var features = FeatureUse()

    /// The row of the best kind: by the validation pictures, or by the test pictures where there are none.
    public var best: Row? {
        rows.max { left, right in
            (left.validationAccuracy ?? left.results.accuracy)
                < (right.validationAccuracy ?? right.results.accuracy)
        }
    }

    /// What happens.
    public enum Event: Sendable {
        /// Features are brought together.
        case features(FeatureEvent, Split)
        /// A kind of head is worked out with some settings.
        case fitting(HeadSolver)
    }

    /// Works everything out.
    /// - Parameters:
    ///   - reuse: where features are kept.
    ///   - observe: hears what happens; an error that it throws ends the work.
    /// - Throws: ``ExperimentError/noBackbone(network:)``,
    ///   ``ExperimentError/severalLabels(run:)``, and what the pictures' files give cause for.
    public init(
        _ experiment: Experiment, reusing reuse: FeatureReuse,
        candidates: [[HeadSolver]] = HeadSolver.candidates,
        observe: (Event) throws -> Void = { _ in }
    ) throws {
        guard experiment.dataset.labelling != .multiple else {
            throw ExperimentError.severalLabels(run: experiment.configuration.name)
        }
        let data = try BaselineData(experiment, reuse) { try observe(.features($0, $1)) }
        features = reuse.use
        for kind in candidates {
            do {
                if let row = try Self.row(kind, data, observe) { rows.append(row) }
            } catch let error as ClosedFormError {
                failures.append("\(error)")
            }
        }
    }

    private static func row(
        _ kind: [HeadSolver], _ data: BaselineData, _ observe: (Event) throws -> Void
    ) throws -> Row? {
        let start = ContinuousClock.now
        var best: (solver: HeadSolver, head: FittedHead, accuracy: Double?, warning: ConvergenceWarning?)?
        var failure: ClosedFormError?
        for solver in kind where solver.suits(samples: data.train.features.rows) {
            try observe(.fitting(solver))
            do throws(ClosedFormError) {
                var warning: ConvergenceWarning?
                let head = try solver.fit(
                    data.train.features, data.train.labels, classes: data.classNames.count
                ) { warning = $0 }
                let accuracy = data.validation.map { $0.accuracy(head) }
                // Of equal ones the most regularized; without validation pictures the middle one.
                if best == nil || accuracy ?? -1 > best?.accuracy ?? -1
                    || (accuracy == nil && solver == kind[kind.count / 2])
                {
                    best = (solver, head, accuracy, warning)
                }
            } catch { failure = error }
        }
        guard let best else {
            if let failure { throw failure }
            return nil
        }
        let predictions = try data.test.predictions(best.head, data.classNames)
        return Row(
            solver: best.solver, validationAccuracy: best.accuracy,
            results: try RunSummary.Results(predictions), seconds: (.now - start) / .seconds(1),
            warning: best.warning)
    }
}
