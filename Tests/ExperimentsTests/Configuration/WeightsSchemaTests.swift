import KerasFiles
import Testing

@testable import Experiments

@Suite struct WeightsSchemaTests {
    private func yaml(_ weights: String) -> String {
        ConfigurationSamples.minimal(replacing: "weights", with: "  weights: \(weights)")
    }

    @Test(arguments: [
        ("none", ModelConfiguration.Weights.random), ("a.h5", .file("a.h5")), ("{file: a.h5}", .file("a.h5")),
        ("{file: a.h5, match: order}", .file("a.h5", ImportOptions(match: .order))),
        (
            "{file: a.h5, match: name, rename: {probs: predictions, a/b: c}}",
            .file("a.h5", ImportOptions(match: .name, rename: ["probs": "predictions", "a/b": "c"]))
        ),
        (
            "{file: a.h5, only: [block1, '*_bn'], except: conv1}",
            .file("a.h5", ImportOptions(only: ["block1", "*_bn"], except: ["conv1"]))
        ),
    ])
    func `Weights are a file, none, or a file with what to take of it`(
        text: String, weights: ModelConfiguration.Weights
    ) throws {
        let experiment = try ConfigurationSamples.parsed(yaml(text))
        #expect(experiment.model.weights == weights)
        #expect(try ConfigurationSamples.parsed(experiment.yaml()) == experiment)
    }

    @Test func `What is written is as short as it can be`() throws {
        let plain = try ConfigurationSamples.parsed(yaml("{file: a.h5}")).yaml()
        #expect(plain.contains("\n  weights: a.h5\n"))
        let full = try ConfigurationSamples.parsed(yaml("{file: a.h5, rename: {b: c}, only: '*_bn'}")).yaml()
        #expect(
            full.contains("\n  weights:\n    file: a.h5\n    rename:\n      b: c\n    only: ['*_bn']\n"))
    }

    @Test func `A part of the mapping can be set on the command line`() throws {
        let experiment = try ConfigurationSamples.parsed(
            yaml("{file: a.h5}"), ["model.weights.only=[conv4]", "model.weights.match=name"])
        #expect(experiment.model.weights == .file("a.h5", ImportOptions(match: .name, only: ["conv4"])))
    }

    @Test(arguments: [
        ("{match: name}", "model.weights.file: missing; expected the path of a Keras file"),
        ("{file: none}", "model.weights.file: random weights are written 'weights: none'"),
        (
            "{file: a.h5, match: nmae}",
            "model.weights.match: expected one of name, order, found \"nmae\"; did you mean 'name'?"
        ),
        ("{file: a.h5, onyl: a}", "model.weights.onyl: unknown key; did you mean 'only'?"),
        (
            "{file: a.h5, only: []}",
            "model.weights.only: expected a list of layers' names or layer groups, found a list of 0"
        ),
        (
            "{file: a.h5, rename: [a]}",
            "model.weights.rename: expected a mapping of the file's layers to the network's, found a list of 1"
        ),
        (
            "{file: a.h5, rename: {a: [b]}}",
            "model.weights.rename.a: expected the name of one of the network's layers, found a list of 1"
        ),
        (
            "{file: a.h5, match: order, rename: {a: b}}",
            "model.weights: 'rename' has no meaning with 'match: order', which ignores names"
        ),
        (
            "[a.h5]",
            "model.weights: expected the path of a Keras file, 'none' for random weights, or a mapping with "
                + "'file', found a list of 1"
        ),
    ])
    func `A mistake is told with its place`(text: String, message: String) {
        let errors = ConfigurationSamples.errors(yaml(text))
        #expect(errors.count == 1)
        #expect(errors[0].hasPrefix("x.yaml:6:"))
        #expect(errors[0].hasSuffix(" " + message), "\(errors[0])")
    }
}
