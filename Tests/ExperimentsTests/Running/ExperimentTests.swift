import Datasets
import Experiments
import Foundation
import Layers
import Tensors
import TestSupport
import Testing
import Training

@Suite struct ExperimentTests {
    @Test func `Pictures are split, and limited in the training split only`() throws {
        try SmallExperiment.with { small throws in
            let all = try small.prepared().dataset
            #expect(all.classNames == SmallExperiment.classNames)
            #expect(Split.allCases.map { all.counts(in: $0) } == [[9, 9, 9], [3, 3, 3], [6, 6, 6]])
            let few = try small.prepared("data.limit_per_class=4").dataset
            #expect(Split.allCases.map { few.counts(in: $0) } == [[4, 4, 4], [3, 3, 3], [6, 6, 6]])
            let two = try small.prepared("data.classes=[bright, dark]")
            #expect(two.dataset.classNames == ["bright", "dark"])
            #expect(two.network.outputShape == [2])
        }
    }

    @Test func `What the architecture expects is written into the configuration`() throws {
        try SmallExperiment.with { small throws in
            #expect(try small.prepared().configuration.model.preprocessing == .tf)
            #expect(
                try small.prepared("model.preprocessing=unit").configuration.model.preprocessing == .unit)
        }
    }

    @Test func `The head is built as it is described`() throws {
        try SmallExperiment.with { small throws in
            let network = try small.prepared(
                "model.head.pooling=max", "model.head.dense=[16, 8]", "model.head.dropout=0.25"
            ).network
            let head = network.nodes.filter { $0.group == "head" }
            #expect(
                head.map(\.name) == [
                    "head_pool", "head_dense_1", "head_dense_2", "head_dropout", "predictions",
                ])
            #expect(head.map(\.outputShape) == [[32], [16], [8], [8], [3]])
            let flat = try small.prepared("model.head.pooling=flatten").network
            #expect(try flat.node("head_flatten").outputShape == [8 * 8 * 32])
        }
    }

    @Test func `Stages know what they train`() throws {
        try SmallExperiment.with { small throws in
            let experiment = try small.prepared()
            #expect(experiment.stages[0].layers.contains("predictions"))
            let counts = experiment.stages.map {
                experiment.network.trainableParameterCount(in: $0.layers)
            }
            // A head of 32 · 3 + 3; with it, block 2: depthwise 144 + 32, pointwise 512 + 64.
            #expect(counts == [99, 99 + 752])
        }
    }

    @Test func `Whatever names nothing is found before anything is trained`() throws {
        try SmallExperiment.with { small throws in
            #expect(
                try small.problem("model.architecture=mobilnet")
                    == "there is no architecture 'mobilnet'; did you mean 'mobilenet'?")
            #expect(
                try small.problem("model.until=conv_pw_2_rel").hasPrefix(
                    "model.until: network 'mobilenet' has no layer"))
            #expect(
                try small.problem("training.stages.1.freeze={through: block_7}")
                    == "training.stages[1].freeze: network 'mobilenet' has no layer group or layer "
                    + "'block_7'; its groups are conv1, "
                    + "block_1, block_2, head; did you mean 'block_1' or 'block_2'?")
            #expect(
                try small.problem("training.stages.1.freeze={layers: conv_pv*}")
                    .hasPrefix(
                        "training.stages[1].freeze: network 'mobilenet' has no layer whose name fits "
                            + "'conv_pv*'; did you mean"))
            #expect(
                try small.problem("training.stages.1.freeze={layers: \"block_*\"}")
                    .hasSuffix(
                        "; these are layer groups, which are written without 'layers': [block_1, block_2]"))
            #expect(
                try small.problem("training.stages.1.freeze=[blok_1]").hasSuffix(
                    "; did you mean 'block_1' or 'block_2'?"))
            #expect(
                try small.problem("training.class_weight={drk: 2}").hasPrefix("training.class_weight: "))
            #expect(
                try small.problem("regularization.l2={hed: 0.1}").hasSuffix("did you mean 'head'?"))
            #expect(
                try small.problem("training.stages.1.learning_rate_factors={bakbone: 1}")
                    .contains("no layer group 'bakbone'"))
            #expect(try small.problem("model.alpha=0.3").hasPrefix("mobilenet: expected alpha to be one of"))
            #expect(try small.problem("data.classes=[dark, blue]").contains("'blue'"))
        }
    }

    @Test func `A misspelt layer is found before the pictures are looked for`() throws {
        try SmallExperiment.with { small throws in
            let text = try small.problem("data.idx=/nowhere", "model.until=conv_pw_2")
            #expect(text == "/nowhere: No such file or directory" || text.hasPrefix("/nowhere: "))
            #expect(try small.problem("data.idx=/nowhere", "model.until=xyz").contains("has no layer 'xyz'"))
        }
    }

    @Test func `A late stage with nothing to train is refused at once`() throws {
        try SmallExperiment.with { small throws in
            let sentence =
                "training.stages[1].freeze: stage 'last_block': all layers are frozen; there is nothing to train"
            #expect(try small.problem("training.stages.1.freeze={through: head}") == sentence)
        }
    }

    @Test func `Early stopping without validation pictures is refused`() throws {
        try SmallExperiment.with { small throws in
            #expect(
                try small.problem(
                    "data.splits.validation=0", "regularization.early_stopping={monitor: val_accuracy}")
                    == "early stopping watches val_accuracy, but there are no validation pictures; "
                    + "set data.splits.validation")
        }
    }

    @Test func `A source without test pictures needs a share of them`() throws {
        try SmallExperiment.with { small throws in
            for name in ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"] {
                try FileManager.default.removeItem(at: small.pictures.appending(path: name))
            }
            let sentence = "there are no test pictures; set data.splits.test to keep some apart"
            #expect(try small.problem("data.splits.test=0").hasSuffix(sentence))
            #expect(try small.prepared("data.splits.test=0.25").dataset.counts(in: .test) == [3, 3, 3])
        }
    }

    @Test func `What regularizes blocks is in the network that is trained, not in the one that is saved`()
        throws
    {
        try SmallExperiment.with { small in
            let experiment = try small.prepared(
                "model.architecture=mobilenet_v2", "model.alpha=0.35", "model.until=block_2_add",
                "regularization.stochastic_depth=0.5", "regularization.spatial_dropout=0.25")
            let depths = experiment.network.nodes.filter { $0.layer is StochasticDepth }
            #expect(depths.map(\.name) == ["block_2_add_stochastic_depth"])
            #expect(depths.map(\.group) == ["block_2"])
            #expect(!experiment.savedNetwork.nodes.contains { $0.layer is StochasticDepth })
            let names = experiment.network.nodes.suffix(4).map(\.name)
            #expect(names == ["block_2_add", "head_spatial_dropout", "head_pool", "predictions"])
            let outcome = try ExperimentRunner(experiment).run()
            #expect(outcome.history.count == 5)
            try experiment.savedNetwork.check(outcome.parameters)
            let plain = try ExecutionPlan(experiment.savedNetwork, batchSize: 1)
            let trained = try ExecutionPlan(experiment.network, batchSize: 1)
            let picture = Tensor(repeating: 0.5, shape: experiment.network.inputShape.batched(1))
            #expect(
                try plain.forward(picture, outcome.parameters) == trained.forward(picture, outcome.parameters)
            )
            #expect(
                try small.problem("regularization.stochastic_depth=0.1")
                    .hasPrefix(
                        "regularization.stochastic_depth: mobilenet: stochastic depth leaves out residual "
                            + "blocks, of which it has none")
            )
            #expect(
                try small.problem("regularization.stochastic_depth=1")
                    .contains("regularization.stochastic_depth: expected a number of at least 0 and less"))
        }
    }
}
