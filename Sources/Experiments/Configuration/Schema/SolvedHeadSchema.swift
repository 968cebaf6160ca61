import Datasets
import Training

extension ExperimentConfiguration {
    /// Reports what a head that is worked out at once does not go with: whatever only training follows.
    func checkSolvedHead(_ section: inout Section) {
        guard let solver = model.head.solver else { return }
        let reason = "model.head.solver works the head out at once, by \(solver.name), and nothing is trained"
        for (path, isGiven) in trainingOnly where isGiven {
            section.value(at: path)?.reportContradiction("\(reason); leave it out")
        }
        if data.augmentation.augmentation != nil, training.featureCache.cachedViews == nil {
            section.value(at: ["data", "augmentation"])?.reportContradiction(
                "\(reason), so that each picture is seen as often as training.feature_cache.cached_views says; "
                    + "give that, or leave the augmentation out")
        }
    }

    /// The keys, and whether they say anything.
    private var trainingOnly: [(path: [String], isGiven: Bool)] {
        let (rules, usual, mixing) = (regularization, Regularization(), variation.mixing)
        let regularization: [(String, Bool)] = [
            ("l1", rules.l1 != usual.l1), ("l2", rules.l2 != usual.l2), ("l2_sp", rules.l2SP != nil),
            ("max_norm", rules.maxNorm != nil), ("ema", rules.averaging != nil),
            ("swa", rules.averaging != nil), ("weight_decay", rules.weightDecay != 0),
            ("label_smoothing", rules.labelSmoothing != 0), ("clip_norm", rules.clipNorm != nil),
            ("clip_value", rules.clipValue != nil), ("dropout", model.head.dropout > 0),
            ("spatial_dropout", model.head.spatialDropout > 0),
            ("stochastic_depth", model.stochasticDepth > 0), ("mixup", mixing.mixup > 0),
            ("cutmix", mixing.cutmix > 0), ("random_erasing", variation.erasing != nil),
            ("early_stopping", earlyStopping != nil),
        ]
        return [
            (["training", "stages"], !training.stages.isEmpty),
            (["training", "class_weight"], training.classWeight != nil),
            (["training", "baseline"], training.baseline != nil),
            (["training", "loss"], ![nil, .categoricalCrossEntropy].contains(training.loss)),
            (["model", "head", "dense"], !model.head.dense.isEmpty),
            (["model", "head", "dropout"], model.head.dropout > 0),
        ] + regularization.map { (["regularization", $0], $1) }
    }
}

extension Section {
    /// The value that a path leads to, as it is written; nil where there is none.
    fileprivate mutating func value(at path: [String]) -> Cursor? {
        var cursor = path.first.flatMap { self[$0] }
        for key in path.dropFirst() {
            cursor = cursor.flatMap { cursor in cursor.node[key].map { cursor.entry(key, $0) } }
        }
        return cursor
    }
}
