import Foundation
import Graft

/// `graft calibrate`
enum CalibrateCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "calibrate",
        abstract: "Fit a temperature to a finished run, so that its probabilities mean what they say.",
        discussion: """
            All logits are divided by one number (Guo et al. 2017): that with the least log loss of the validation
            pictures, which are judged once more where the run has not kept their predictions. No predicted
            class changes. The temperature is kept in run.json, the run's evidence is given at it, predict and evaluate
            apply it, and export writes it into the last layer; model.weights.h5 stays as it is.
            'evaluation.temperature_scaling: true' in a configuration does the same after training.
            """,
        operands: [.init(name: "RUN", help: "The run's folder: experiments/runs/NAME-001.")],
        options: [.init(name: "remove", help: "Take the temperature away again.")],
        examples: [
            ("calibrate experiments/runs/flowers-001", "Fit and keep the temperature"),
            ("calibrate experiments/runs/flowers-001 --remove", "As the network gives them"),
        ])

    static func run(_ arguments: Arguments) throws {
        let folder = try RunFolder.open(arguments.operands[0])
        Interruption.listen()
        var bar: ProgressBar?
        defer { bar?.clear() }
        let calibration = try RunCalibration(folder) { split, done, total in
            if bar == nil || done == total { bar = ProgressBar(split.rawValue, total: total) }
            bar?.update(done)
            if done == total { bar?.clear() }
            try Interruption.check()
        }
        let results = try arguments.has("remove") ? calibration.remove() : calibration.fit()
        bar?.clear()
        let output = Terminal.output
        if let fitted = results.temperature {
            output.print(temperatureLine(fitted))
        } else {
            output.print("no temperature: probabilities are as the network gives them")
        }
        output.print("test pictures  log loss \(decimals(results.logLoss, 4))")
        output.print("reports in \(output.style.cyan(folder.path()))")
    }
}

/// What a temperature does, in a line.
func temperatureLine(_ fitted: FittedTemperature) -> String {
    func change(_ change: FittedTemperature.Change) -> String {
        "\(decimals(change.before, 4)) → \(decimals(change.after, 4))"
    }
    return
        "temperature \(decimals(fitted.temperature, 4))  by \(counted(fitted.samples, "validation picture")): "
        + "log loss \(change(fitted.logLoss)), ECE \(change(fitted.expectedError))"
}
