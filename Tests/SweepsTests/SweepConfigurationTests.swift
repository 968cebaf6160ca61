import Experiments
import Foundation
import Testing
import Training

@testable import Sweeps

@Suite struct SweepConfigurationTests {
    private let rate = "training.stages.0.learning_rate"

    private func domain(_ text: String) throws -> Parameter.Domain {
        try #require(SweepSamples.sweep("regularization.l2: \(text)").space.parameters.first).domain
    }

    private func numeric(_ text: String) throws -> NumericDistribution {
        guard case .numeric(let distribution) = try domain(text) else {
            Issue.record("\(text) is not numeric")
            return .integers(0, 1)
        }
        return distribution
    }

    @Test func `Distributions mean what Weights & Biases means by them`() throws {
        #expect(try numeric("{min: 0, max: 3}") == .integers(0, 3))
        #expect(try numeric("{min: 0.0, max: 3}").base == .uniform(0, 3))
        #expect(try numeric("{distribution: uniform, min: 0, max: 3}").base == .uniform(0, 3))
        // The limits of log_uniform are exponents, those of log_uniform_values are the numbers.
        #expect(try numeric("{distribution: log_uniform, min: -3, max: 0}").number(at: 0) == exp(-3.0))
        let values = try numeric("{distribution: log_uniform_values, min: 1.0e-4, max: 1.0e-2}")
        #expect(abs(values.number(at: 0.5) - 1e-3) < 1e-15)
        let inverse = try numeric("{distribution: inv_log_uniform_values, min: 1.0e-4, max: 1.0e-2}")
        #expect(abs(inverse.number(at: 0) - 1e-2) < 1e-15 && abs(inverse.number(at: 1) - 1e-4) < 1e-15)
        #expect(try numeric("{distribution: q_uniform, min: 0, max: 1, q: 0.25}").number(at: 0.4) == 0.5)
        #expect(try numeric("{distribution: q_uniform, min: 0, max: 9}").step == 1)
        let normal = try numeric("{distribution: q_normal, mu: 5, sigma: 0.5, q: 0.5}")
        #expect(normal.number(at: 0.5) == 5 && normal.number(at: 0.84134) == 5.5)
        #expect(
            abs(try numeric("{distribution: log_normal, mu: 1, sigma: 0.1}").number(at: 0.5) - M_E) < 1e-12)
    }

    @Test func `Categories with probabilities have Weights & Biases' own name, too`() throws {
        let name = "distribution: categorical_w_probabilities"
        guard
            case .categorical(let values, [0.25, 0.75]) = try domain(
                "{\(name), values: [0, 1], probabilities: [0.25, 0.75]}")
        else { return #expect(Bool(false)) }
        #expect(values.map(\.scalar?.text) == ["0", "1"])
        #expect(SweepSamples.problem("regularization.l2: {\(name), values: [0]}").contains("'probabilities'"))
    }

    @Test func `Multiples of a whole number are written as whole numbers`() throws {
        let sweep = try SweepSamples.sweep(
            "training.batch_size: {distribution: q_uniform, min: 16, max: 65536, q: 16}")
        let parameter = sweep.space.parameters[0]
        #expect(parameter.text(65_536) == "65536" && parameter.shortText(65_536) == "65536")
        #expect(try sweep.experiment(with: [parameter.path: 48]).training.batchSize == 48)
        let halves = try SweepSamples.sweep(
            "regularization.l2: {distribution: q_uniform, min: 0, max: 2, q: 0.5}")
        #expect(halves.space.parameters[0].text(1.5) == "1.5")
    }

    @Test func `What Weights & Biases needs to run a program is answered with what to write here`() {
        let problem = SweepSamples.problem(
            "regularization.l2: {value: 0}",
            more:
                "program: train.py\nproject: mine\nearly_terminate: {type: hyperband, min_iter: 1, strict: true}"
        )
        let lines = problem.split(separator: "\n")
        #expect(lines.count == 3, "\(problem)")
        #expect(lines[0].hasPrefix("sweep.yaml:4:1: program: graft trains an experiment"))
        #expect(lines[0].hasSuffix("name its file with 'experiment'"))
        #expect(lines[1].hasPrefix("sweep.yaml:5:1: project: ") && lines[1].contains("--runs"))
        #expect(lines[2].contains("early_terminate.strict: expected false"))
    }

    @Test func `A key without its path is answered with its whole path`() {
        #expect(
            SweepSamples.problem("learning_rate: {values: [0.1]}")
                == "sweep.yaml:6:3: learning_rate: unknown key; did you mean 'training.stages.0.learning_rate'?"
        )
        #expect(SweepSamples.problem("batch_size: {values: [8]}").contains("'training.batch_size'?"))
        #expect(SweepSamples.problem("nonsense: {values: [8]}").contains("the keys known here are name, "))
    }

    @Test func `What a distribution does not take is refused`() {
        let l2 = "regularization.l2"
        #expect(
            SweepSamples.problem("\(l2): {distribution: log_normal, mu: -8, min: 3}")
                .contains("sweep.yaml:6:62: parameters.regularization.l2.min: log_normal has no ends"))
        #expect(
            SweepSamples.problem("\(l2): {distribution: normal, values: [1, 2]}")
                .contains("values: normal has no list of values"))
        #expect(
            SweepSamples.problem("\(l2): {distribution: uniform, min: 0, max: 1, mu: 0}").contains(
                "mu: unknown key"))
    }

    @Test func `Short names tell parameters apart, and from the other columns of a table`() throws {
        let space = try SweepSamples.sweep(
            "training.stages.0.epochs: {values: [1, 2]}\nregularization.l2: {values: [0, 1]}\n"
                + "\(rate): {values: [0.1]}"
        ).space
        #expect(space.parameters.titles == ["0.epochs", "l2", "learning_rate"])
    }

    @Test func `Lists and mappings are one line of YAML, and cut off in tables`() throws {
        let parameter = try #require(
            SweepSamples.sweep(
                """
                regularization:
                    values: [{}, {l2_sp: {alpha: 0.01}, dropout: 0.3}, {ema: {decay: 0.99}, mixup: 0.2, label_smoothing: 0.1, l2: 0.1}]
                """
            ).space.parameters.first)
        #expect(parameter.text(0) == "{}" && parameter.shortText(0) == "{}")
        #expect(parameter.text(1) == "{l2_sp: {alpha: 0.01}, dropout: 0.3}")
        #expect(parameter.text(2) == "{ema: {decay: 0.99}, mixup: 0.2, label_smoothing: 0.1, l2: 0.1}")
        #expect(parameter.shortText(2) == "{ema: {decay: 0.99}, mixup: 0.2, label_smoothing: 0.1, l2: …")
    }

    @Test func `A coordinate leads to a number and back`() throws {
        for text in [
            "{min: 0.0, max: 3.0}", "{distribution: log_uniform_values, min: 1.0e-6, max: 1}",
            "{distribution: inv_log_uniform_values, min: 1.0e-6, max: 1}",
            "{distribution: log_normal, mu: 0, sigma: 0.2}",
        ] {
            let distribution = try numeric(text)
            for step in 1..<20 {
                let coordinate = Double(step) / 20
                let back = distribution.coordinate(of: distribution.number(at: coordinate))
                #expect(abs(back - coordinate) < 1e-9, "\(text) at \(coordinate)")
            }
        }
        let integers = NumericDistribution.integers(2, 6)
        for number in 2...6 {
            #expect(integers.number(at: integers.coordinate(of: Double(number))) == Double(number))
        }
    }

    @Test func `Whole numbers are equally likely, the ends too`() {
        let distribution = NumericDistribution.integers(1, 4)
        let numbers = (0..<400).map { distribution.number(at: (Double($0) + 0.5) / 400) }
        for number in 1...4 { #expect(numbers.count { $0 == Double(number) } == 100) }
        #expect(distribution.numbers == [1, 2, 3, 4])
    }

    @Test func `A trial's experiment has the swept values in their places`() throws {
        let sweep = try SweepSamples.sweep(
            """
            \(rate): {values: [0.1, 0.2]}
            training.stages[0]:
              parameters:
                epochs: {min: 5, max: 5}
                optimizer: {values: [adam, {name: sgd, momentum: 0.9}]}
            regularization: {parameters: {label_smoothing: {value: 0.2}}}
            """)
        let experiment = try sweep.experiment(with: [
            rate: 1, "training.stages.0.epochs": 5, "training.stages.0.optimizer": 1,
            "regularization.label_smoothing": 0,
        ])
        let stage = experiment.training.stages[0]
        #expect(stage.learningRate.base == 0.2 && stage.epochs == 5)
        #expect(stage.optimizer == .sgd(momentum: 0.9, nesterov: false))
        #expect(experiment.regularization.labelSmoothing == 0.2)
    }

    @Test func `A conditional parameter is there only where its condition is met`() throws {
        let sweep = try SweepSamples.sweep(
            """
            training.stages.0.optimizer.name: {values: [adam, sgd, rmsprop]}
            training.stages.0.optimizer.momentum:
              {values: [0.8, 0.9], when: {training.stages.0.optimizer.name: [sgd, rmsprop]}}
            """, method: "grid")
        #expect(sweep.space.trialCount == 5)
        let trials = try (0..<5).compactMap { try sweep.sampler.assignment($0, in: sweep.space, after: []) }
        #expect(trials.map { $0["training.stages.0.optimizer.name"] } == [0, 1, 1, 2, 2])
        #expect(trials.map { $0["training.stages.0.optimizer.momentum"] } == [nil, 0, 1, 0, 1])
        #expect(try sweep.sampler.assignment(5, in: sweep.space, after: []) == nil)
        for trial in trials { _ = try sweep.experiment(with: trial) }
    }

    @Test func `Mistakes are told with their place and what was meant`() {
        #expect(
            SweepSamples.problem("training.stages.0.learning_rat: {values: [0.1]}").hasPrefix(
                "sweep.yaml:6:3: training.stages[0].learning_rat: unknown key; did you mean 'learning_rate'"))
        #expect(
            SweepSamples.problem("\(rate): {values: [0.1, -1]}")
                == "sweep.yaml:6:3: \("training.stages[0].learning_rate"): expected a number greater than 0, found -1"
        )
        #expect(SweepSamples.problem("training.stages.1.epochs: {value: 1}").contains("from 0 to 0"))
        #expect(
            SweepSamples.problem("regularization.l2: {min: 0.0, max: 1.0, distribution: uniforn}")
                .contains("did you mean 'uniform'?"))
        #expect(
            SweepSamples.problem("regularization.l2: {values: [0, 1], probabilities: [0.5]}")
                .contains("expected 2 probabilities"))
        #expect(
            SweepSamples.problem("regularization.l2: {min: 0.0, max: 1.0}", method: "grid")
                .contains("regularization.l2: a grid needs 'values'"))
        #expect(
            SweepSamples.problem("regularization.l2: {value: 0}", method: "baies").contains(
                "did you mean 'bayes'?"))
        #expect(
            SweepSamples.problem("regularization.l2: {value: 0, when: {training.x: 1}}")
                .contains("training.x: unknown key"))
        #expect(
            SweepSamples.problem("regularization.l2: {value: 0}", more: "early_terminate: {type: hyperband}")
                .contains("early_terminate: expected 'min_iter', or 'max_iter' and 's'"))
        #expect(
            SweepSamples.problem("regularization.l2: {min: 1.0, max: 0.5}").contains(
                "max: expected more than 'min', 1.0")
        )
    }
}
