import Experiments
import Foundation

@testable import Sweeps

/// Sweeps over an experiment that is never run.
enum SweepSamples {
    static let experiment = """
        experiment:
          name: base
          data: {image_folder: pictures}
          model: {architecture: mobilenet, weights: none}
          training:
            stages:
              - {name: head, epochs: 3, learning_rate: 0.1}
          regularization: {l2: 0.1}

        """

    /// A sweep with some parameters.
    static func sweep(
        _ parameters: String, method: String = "random", more: String = "",
        metric: String = "metric: {name: val_accuracy, goal: maximize}"
    ) throws -> SweepConfiguration {
        try .parse(
            text(parameters, method: method, more: more, metric: metric), file: "sweep.yaml",
            relativeTo: URL(filePath: "/tmp"))
    }

    /// What is wrong with such a sweep.
    static func problem(_ parameters: String, method: String = "random", more: String = "") -> String {
        do {
            _ = try sweep(parameters, method: method, more: more)
            return "nothing"
        } catch { return "\(error)" }
    }

    private static func text(
        _ parameters: String, method: String, more: String, metric: String
    ) -> String {
        """
        name: test
        method: \(method)
        \(metric)
        \(more)
        parameters:
        \(parameters.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
        \(experiment)
        """
    }

    /// Parameters called `x0`, `x1`, …, of nothing in particular.
    static func space(_ domains: Parameter.Domain...) -> SearchSpace {
        SearchSpace(domains.enumerated().map { Parameter(path: "x\($0)", domain: $1) })
    }

    /// A number between two.
    static func uniform(_ low: Double, _ high: Double) -> Parameter.Domain {
        .numeric(NumericDistribution(base: .uniform(low, high)))
    }

    /// One of so many values.
    static func choice(_ count: Int) -> Parameter.Domain {
        .categorical(
            (0..<count).map { .plain($0) }, probabilities: Array(repeating: 1 / Double(count), count: count))
    }
}
