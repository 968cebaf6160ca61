import Datasets
import Training

extension ExperimentConfiguration: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            name: section.required("name", as: .identifier),
            description: section.optional("description", as: .prose),
            seed: section.optional("seed", as: .whole(atLeast: 0), default: 0),
            data: section.required("data", as: .section),
            model: section.required("model", as: .section),
            training: TrainingConfiguration(stages: []))
        // A solver that is wrong is one, too: its stages are not missed.
        let isSolved = section["model"]?.node["head"]?["solver"].map { !$0.isNull } ?? false
        let training = Field.section { TrainingConfiguration(reading: &$0, isSolved: isSolved) }
        self.training =
            isSolved
            ? section.optional("training", as: training, default: self.training)
            : section.required("training", as: training)
        let headDropout = section["model"]?.node["head"]?["dropout"]
        let rules = section.optional("regularization", as: .section { Rules(reading: &$0, headDropout) })
        if let rules {
            regularization = rules.regularization
            variation = rules.variation
            if case .stochastic(let first) = regularization.averaging,
                !isSolved, self.training.stages.allSatisfy({ $0.epochs < first })
            {
                section["regularization"]?.reportContradiction(
                    "swa.start_epoch is \(first), but no stage has as many epochs")
            }
            if regularization.weightDecay > 0,
                let stage = self.training.stages.first(where: { $0.optimizer.ownWeightDecay != nil })
            {
                section["regularization"]?.reportContradiction(
                    "the optimizer of stage '\(stage.name)' has a weight_decay of its own; give one of them")
            }
            earlyStopping = rules.earlyStopping
            model.head.dropout = rules.dropout ?? model.head.dropout
            model.head.spatialDropout = rules.spatialDropout
            model.stochasticDepth = rules.stochasticDepth
        }
        evaluation = section.optional("evaluation", as: .section, default: evaluation)
        checkSolvedHead(&section)
    }

    /// The section `regularization`, whose keys concern several parts of a run.
    private struct Rules {
        var regularization: Regularization
        var variation: BatchVariation
        var dropout: Double?
        var spatialDropout: Double
        var stochasticDepth: Double
        var earlyStopping: EarlyStopping?

        init(reading section: inout Section, _ headDropout: YAMLNode?) {
            regularization = Regularization(reading: &section)
            variation = BatchVariation(reading: &section)
            dropout = section.optional("dropout", as: .number(.fraction))
            spatialDropout = section.optional("spatial_dropout", as: .number(.fraction), default: 0)
            stochasticDepth = section.optional("stochastic_depth", as: .number(.fraction), default: 0)
            if let headDropout, !headDropout.isNull {
                section["dropout"]?.reportContradiction(
                    "the head's dropout is already given as model.head.dropout, by \(headDropout.place)")
            }
            earlyStopping = section.optional("early_stopping", as: .section)
            if case .stochastic = regularization.averaging, earlyStopping?.restoreBestWeights == true {
                section["swa"]?.reportContradiction(
                    "expected early_stopping.restore_best_weights: false with it, as the weights that are kept "
                        + "are an average")
            }
        }
    }

    var node: YAMLNode {
        .section([
            "name": .text(name),
            "description": description.map(YAMLNode.text),
            "seed": .plain(seed),
            "data": data.node,
            "model": model.node,
            "training": training.node,
            "regularization": .section(joining: [
                regularization.penaltyEntries,
                [
                    "spatial_dropout": .plain(model.head.spatialDropout),
                    "stochastic_depth": .plain(model.stochasticDepth),
                ],
                regularization.clippingEntries,
                [
                    "mixup": .plain(variation.mixing.mixup),
                    "cutmix": .plain(variation.mixing.cutmix),
                    "mix_probability": .plain(variation.mixing.probability),
                    "mix_switch_probability": .plain(variation.mixing.switchProbability),
                    "random_erasing": variation.erasing?.node,
                    "early_stopping": earlyStopping?.node,
                ],
            ]),
            "evaluation": evaluation.node,
        ])
    }
}

extension EarlyStopping: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            monitor: section.optional("monitor", as: .choice, default: .validationLoss),
            patience: section.optional("patience", as: .whole(atLeast: 1), default: 3),
            minDelta: section.optional("min_delta", as: .number(.notNegative), default: 0),
            restoreBestWeights: section.optional("restore_best_weights", as: .flag, default: true),
            startFromEpoch: section.optional("start_from_epoch", as: .whole(atLeast: 0), default: 0),
            baseline: section.optional("baseline", as: .number(.any)))
    }

    var node: YAMLNode {
        .section([
            "monitor": .text(monitor.rawValue),
            "patience": .plain(patience),
            "min_delta": .plain(minDelta),
            "restore_best_weights": .plain(restoreBestWeights),
            "start_from_epoch": .plain(startFromEpoch),
            "baseline": baseline.map(YAMLNode.plain),
        ])
    }
}
