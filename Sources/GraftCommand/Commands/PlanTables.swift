import Foundation
import Graft

/// A plan as tables for a person.
struct PlanTables {
    private let plan: RunPlan
    private let style: TextStyle

    init(_ plan: RunPlan, style: TextStyle) {
        self.plan = plan
        self.style = style
    }

    /// The layer groups, with two columns a phase: the learning rate, and what batch normalizations do.
    var groups: String {
        let phases = plan.phases.filter { $0.variant == .fineTuned }
        var table = TextTable(
            [("GROUP", .left), ("LAYERS", .right), ("PARAMETERS", .right)]
                + phases.flatMap { phase -> [(title: String, alignment: TextTable.Alignment)] in
                    [("\(label(phase)) RATE", .right), ("BN", .left)]
                })
        for (index, group) in plan.groups.enumerated() {
            table.add(
                [group.name, "\(group.layers)", grouped(group.parameters)]
                    + phases.flatMap { cells($0.groups[index], of: group) })
        }
        return table.text(style: style)
    }

    private func cells(_ role: RunPlan.Role, of group: RunPlan.Group) -> [String] {
        let rate = role.learningRate.map(Self.rate) ?? (group.parameters > 0 ? "frozen" : "-")
        let behaviors = role.batchNormalization.map { Self.shortNames[$0] ?? $0 }.joined(separator: "+")
        return [rate, behaviors.isEmpty ? "-" : behaviors]
    }

    /// A table of several phases has no room for more.
    private static let shortNames = ["inference": "infer", "update_statistics": "update"]

    private static func rate(_ rate: Double) -> String { String(format: "%.3g", rate) }

    /// The stage's number; with a letter where it has several phases.
    private func label(_ phase: RunPlan.Phase) -> String {
        let parts = plan.phases.filter { $0.variant == phase.variant && $0.stage == phase.stage }
        guard parts.count > 1, let index = parts.firstIndex(of: phase) else { return "\(phase.stage)" }
        return "\(phase.stage).\(index + 1)"
    }

    /// The phases, with what they take.
    var phases: String {
        var table = TextTable([
            ("STAGE", .left), ("EPOCHS", .left), ("STEPS", .right), ("BATCH", .right), ("OPTIMIZER", .left),
            ("TRAINABLE", .right), ("PLAN", .right), ("ARRAYS", .right), ("STATE", .right),
            ("LOADER", .right), ("MEMORY", .right), ("STEP", .right), ("TIME", .right),
        ])
        for phase in plan.phases {
            let memory = phase.memory
            table.add(
                [
                    "\(label(phase)) \(phase.name)" + (phase.variant == .fineTuned ? "" : ", from scratch"),
                    phase.epochs == 1 ? "\(phase.firstEpoch)" : "\(phase.firstEpoch)-\(phase.lastEpoch)",
                    grouped(phase.stepsPerEpoch * phase.epochs), "\(phase.batchSize)", phase.optimizer,
                    grouped(phase.trainableParameters),
                ]
                    + [memory.plan, memory.parameters, memory.optimizer, memory.loader, memory.total]
                    .map(byteText) + [
                        phase.secondsPerStep.map { decimals($0 * 1000, $0 < 0.1 ? 1 : 0) + " ms" } ?? "-",
                        phase.seconds.map { ProgressBar.clock(.seconds($0)) } ?? "-",
                    ])
        }
        return table.text(style: style)
    }

    /// What the tables do not say.
    var remarks: [String] {
        var lines = ["\nmemory    about \(byteText(plan.peakMemory)) at most, beside the program's own"]
        if let seconds = plan.seconds, let test = plan.testSeconds {
            lines.append(
                "time      about \(ProgressBar.clock(.seconds(seconds)))"
                    + (plan.mayStopEarly ? " if no stage stops early" : "")
                    + ", \(ProgressBar.clock(.seconds(test))) of it for the test pictures; an estimate from a "
                    + "few steps on noise, without decoding pictures")
        }
        return lines + [
            "RATE      the learning rate before the schedule, after the stage's number",
            "BN        batch normalizations: infer: by the running statistics, which stay",
            "          update: by the batch's, the running ones move, gamma and beta stay",
            "          train: by the batch's, the running ones move, gamma and beta are trained",
        ]
    }
}

extension RunPlan {
    /// A line for each phase and layer group.
    var table: CSVTable {
        var table = CSVTable(header: [
            "variant", "stage", "name", "first_epoch", "last_epoch", "batch_size", "steps_per_epoch",
            "optimizer", "group", "layers", "parameters", "trainable_parameters", "learning_rate",
            "batch_normalization", "memory_plan", "memory_parameters", "memory_optimizer", "memory_loader",
            "seconds_per_step", "seconds",
        ])
        for phase in phases {
            for (group, role) in zip(groups, phase.groups) {
                table.rows.append(
                    [
                        phase.variant.rawValue, "\(phase.stage)", phase.name, "\(phase.firstEpoch)",
                        "\(phase.lastEpoch)", "\(phase.batchSize)", "\(phase.stepsPerEpoch)",
                        phase.optimizer, group.name, "\(group.layers)", "\(group.parameters)",
                        "\(role.trainableParameters)", CSVTable.field(role.learningRate),
                        role.batchNormalization.joined(separator: " "),
                    ]
                        + [phase.memory.plan, phase.memory.parameters, phase.memory.optimizer]
                        .map(String.init) + [
                            "\(phase.memory.loader)", CSVTable.field(phase.secondsPerStep),
                            CSVTable.field(phase.seconds),
                        ])
            }
        }
        return table
    }
}
