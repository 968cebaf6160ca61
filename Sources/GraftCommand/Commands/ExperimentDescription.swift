import Foundation
import Graft

/// Says in a few lines what an experiment is about to do.
struct ExperimentDescription {
    private let experiment: Experiment
    private let style: TextStyle

    init(_ experiment: Experiment, style: TextStyle) {
        self.experiment = experiment
        self.style = style
    }

    /// The pictures, the network and its weights.
    var lines: [String] {
        let configuration = experiment.configuration
        let title = style.bold(configuration.name) + (configuration.description.map { "  \($0)" } ?? "")
        return [title, "pictures  \(pictures)"] + splits + skipped + notes + ["network   \(network)"]
            + weights + leftFrozen
    }

    /// The stages of the training, or what works the head out.
    var stages: [String] {
        if let solver = experiment.configuration.model.head.solver {
            return ["head      worked out by \(solver.name) with \(solver.settings); nothing is trained"]
        }
        return experiment.stages.enumerated().map { index, stage in
            let count = experiment.network.trainableParameterCount(in: stage.layers)
            return "stage \(index + 1)   \(stage.name): "
                + "\(counted(stage.epochs, "epoch")), \(grouped(count)) trainable parameters, "
                + "learning rate \(stage.schedule.base)"
        }
    }

    private var pictures: String {
        let dataset = experiment.dataset
        let counts = dataset.splits.map { split in
            "\(grouped(dataset.indices(in: split).count)) \(split.rawValue)"
        }
        let skipped = dataset.skipped.isEmpty ? "" : ", \(grouped(dataset.skipped.count)) skipped"
        return counts.joined(separator: ", ") + " in \(dataset.classNames.count) classes" + skipped
    }

    private var splits: [String] {
        experiment.dataset.splitMethod.map { ["splits    \($0)"] } ?? []
    }

    private var skipped: [String] {
        let samples = experiment.dataset.skipped
        let shown = samples.prefix(5).map { style.yellow("skipped") + "   \($0.reason)" }
        return shown + (samples.count > 5 ? ["          … and \(samples.count - 5) more; see log.jsonl"] : [])
    }

    private var notes: [String] {
        let (count, torn) = experiment.dataset.groupSpread
        let spread =
            torn.isEmpty
            ? []
            : [
                style.yellow("groups") + "    \(grouped(torn.count)) of \(grouped(count)) (subjects) are in "
                    + "more than one split, so that the tests are too easy"
            ]
        return spread + DatasetNotes(experiment.dataset, style: style).lines(indent: 10)
    }

    /// Layer groups that gradual unfreezing does not come to.
    private var leftFrozen: [String] {
        guard experiment.configuration.model.head.solver == nil else { return [] }
        return experiment.stages.compactMap { stage in
            let groups = stage.groupsLeftFrozen(in: experiment.network)
            guard !groups.isEmpty else { return nil }
            let names = groups.count > 4 ? groups.prefix(3) + ["\(groups.count - 3) others"] : groups[...]
            return style.yellow("frozen") + "    stage '\(stage.name)' ends before "
                + "\(names.joined(separator: ", ")) are unfrozen"
        }
    }

    private var network: String {
        let model = experiment.configuration.model
        let alpha = model.alpha == 1 ? "" : ", alpha \(model.alpha)"
        let cut = model.until.map { ", until \($0)" } ?? ""
        return "\(model.architecture)\(alpha)\(cut), input \(experiment.network.inputShape), "
            + "\(grouped(experiment.network.parameterCount)) parameters"
    }

    private var weights: [String] {
        guard let report = experiment.importReport else { return ["weights   random"] }
        let how =
            switch report.matching {
            case .byName: "by name"
            case .byClassAndCounter: "by class and order, as the names are others"
            case .byOrder: "by order and shape, as the names are others"
            case .byGivenOrder: "by order, as told"
            case .byStructure: "by their place in the model"
            }
        let count = report.imported.reduce(0) { $0 + $1.parameterCount }
        return [
            "weights   \(report.file)",
            "          \(counted(report.imported.count, "layer")), \(grouped(count)) parameters, matched \(how)",
        ] + note("random", report.excluded) + note("left out", report.leftOut)
            + note("not read", report.ignored) + note("converted", report.converted)
    }

    private func note(_ title: String, _ names: [String]) -> [String] {
        guard !names.isEmpty else { return [] }
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return ["          \(title): \(names.prefix(3).joined(separator: ", "))\(more)"]
    }
}
