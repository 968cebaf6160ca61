import Experiments
import KerasFiles

/// What the log says when a run begins or is resumed.
struct RunStart: Encodable {
    var commandLine: [String]
    var graftVersion: String
    var provenance: Provenance
    var weights: ImportReport?
    var skipped: [String]
    /// Where a resumed run goes on; nil at the beginning.
    var from: Position?
    /// Why it does not go on from its last checkpoint; nil where it does.
    var damage: String?

    /// Where a run goes on.
    struct Position: Encodable {
        var variant: String
        var stage: String
        /// How many epochs of the variant are over.
        var epochs: Int
        /// How many steps of the next epoch are.
        var steps: Int
    }

    init(
        _ experiment: Experiment, _ commandLine: [String], _ provenance: Provenance,
        from checkpoint: Checkpoint? = nil
    ) {
        self.provenance = provenance
        self.commandLine = commandLine
        graftVersion = Graft.graftVersion
        weights = experiment.importReport
        skipped = experiment.dataset.skipped.map { "\($0.identifier): \($0.reason)" }
        damage = checkpoint?.damage
        from = (checkpoint?.position).map {
            Position(
                variant: $0.variant.rawValue, stage: experiment.stages[$0.stage].name,
                epochs: $0.loop.history.count, steps: $0.loop.stage.epoch.steps)
        }
    }
}
