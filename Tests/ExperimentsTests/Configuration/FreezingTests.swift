import Layers
import Tensors
import Testing
import Training

@testable import Experiments

@Suite struct FreezingTests {
    private func network() throws -> Network {
        var builder = NetworkBuilder("small", input: [8, 8, 1])
        var x = builder.input
        for block in ["block1", "block2"] {
            builder.beginGroup(block)
            x = try builder.add(Conv2D("\(block)_conv", filters: 4, kernelSize: 3), to: x)
        }
        builder.beginGroup("head")
        x = try builder.add(Flatten("flatten"), to: x)
        x = try builder.add(Dense("predictions", units: 2), to: x)
        return builder.build(output: x)
    }

    @Test(arguments: [
        (Freezing.freeze(.selection(.none)), ["block1_conv", "block2_conv", "flatten", "predictions"]),
        (.freeze(.backbone), ["flatten", "predictions"]), (.freeze(.head), ["block1_conv", "block2_conv"]),
        (.freeze(.selection(.through("block1"))), ["block2_conv", "flatten", "predictions"]),
        (.freeze(.selection(.groups(["block2"]))), ["block1_conv", "flatten", "predictions"]),
        (.freeze(.selection(.matching(["block?_conv", "predictions"]))), ["flatten"]),
        (.unfreeze(.selection(.from("flatten"))), ["flatten", "predictions"]),
        (.unfreeze(.head), ["flatten", "predictions"]),
        (.unfreeze(.backbone), ["block1_conv", "block2_conv"]),
        (.unfreeze(.selection(.from("block2"))), ["block2_conv", "flatten", "predictions"]),
        (.unfreeze(.selection(.all)), ["block1_conv", "block2_conv", "flatten", "predictions"]),
    ])
    func `What is trained is what is not frozen`(freezing: Freezing, trained: [String]) throws {
        #expect(try freezing.trainedLayers(of: network()).sorted() == trained)
    }

    @Test func `A group that the network does not have is an error`() throws {
        let network = try network()
        #expect(throws: LayerError.self) {
            _ = try Freezing.freeze(.selection(.through("block7"))).trainedLayers(of: network)
        }
    }

    private func stage(_ text: String) throws -> StageConfiguration {
        try ExperimentConfiguration.parse(
            """
            name: x
            data: {image_folder: x}
            model: {architecture: resnet50, weights: none}
            training: {stages: [{name: a, epochs: 3, \(text)}]}
            """
        ).training.stages[0]
    }

    private func problem(_ text: String) -> String {
        do {
            _ = try stage(text)
            return "nothing"
        } catch { return "\(error)" }
    }

    @Test func `Patterns, gradual unfreezing, rates and policies are read`() throws {
        let patterns = try stage("freeze: {layers: [\"block_1*\", conv1]}, learning_rate: 1e-3")
        #expect(patterns.freezing == .freeze(.selection(.matching(["block_1*", "conv1"]))))
        #expect(patterns.batchNormalization == .init(frozen: .inference, unfrozen: .train))
        #expect(patterns.unfreezing == nil)
        let one = try stage("unfreeze: {layers: \"*_bn\"}, learning_rate: 1, unfreeze_gradually: 2")
        #expect(one.freezing == .unfreeze(.selection(.matching(["*_bn"]))))
        #expect(one.unfreezing == GradualUnfreezing(every: 2, groups: 1))
        let spread = try stage(
            "learning_rate: {from: 1e-5, to: 1e-3}, unfreeze_gradually: {every: 1, groups: 3}, "
                + "batch_normalization: {frozen: update_statistics, unfrozen: inference}")
        #expect(spread.learningRate.base == 1e-3)
        #expect(spread.rates == .geometric(from: 1e-5))
        #expect(spread.unfreezing == GradualUnfreezing(every: 1, groups: 3))
        #expect(spread.batchNormalization == .init(frozen: .updateStatistics, unfrozen: .inference))
        #expect(try stage("learning_rate: {to: 1e-3, decay: 0.5}").rates == .decay(0.5))
        let factors = try stage("learning_rate: 1, learning_rate_factors: {backbone: 0.1, head: 2}")
        #expect(factors.rates == .factors(["backbone": 0.1, "head": 2]))
        #expect(try factors.rates(of: network()) == .factors(["block1": 0.1, "block2": 0.1, "head": 2]))
    }

    @Test func `Rates and policies that make no sense are refused`() {
        for (text, expected) in [
            ("learning_rate: [1]", "expected a number greater than 0, or, where it differs"),
            ("learning_rate: 0", "expected a number greater than 0, found 0"),
            ("learning_rate: {from: 1e-3}", "learning_rate.to: missing"),
            ("learning_rate: {to: 1, from: 1, decay: 1}", "expected only one of 'from', 'decay'"),
            ("learning_rate: {to: 1}", "expected exactly one of 'from', 'decay'"),
            (
                "learning_rate: {to: 1, decay: 1}, learning_rate_factors: {head: 2}",
                "expected either factors or a learning_rate that differs between groups, found both"
            ),
            ("learning_rate: 1, learning_rate_factors: {head: 0}", "learning_rate_factors.head: expected"),
            ("learning_rate: 1, learning_rate_factors: 2", "expected a mapping of layer groups"),
            ("learning_rate: 1, unfreeze_gradually: 0", "expected a whole number from 1"),
            (
                "learning_rate: 1, batch_normalization: {frozen: eval}",
                "expected one of inference, update_statistics, train"
            ),
            ("learning_rate: 1, freeze: {layers: []}", "expected a list of layers' names"),
            (
                "learning_rate: 1, freeze: {layers: a, from: b}",
                "expected only one of 'through', 'from', 'layers'"
            ),
        ] { #expect(problem(text).contains(expected), "\(text): \(problem(text))") }
    }
}
