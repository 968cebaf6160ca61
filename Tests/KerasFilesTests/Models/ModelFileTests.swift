import KerasFiles
import Layers
import TestSupport
import Testing

@Suite struct ModelFileTests {
    private static let dialects = ["keras2", "keras3"]
    private static let files =
        ["teachable_machine", "transfer", "colliding", "plain_sequential"].flatMap { name in
            dialects.flatMap { ["\($0)_\(name).h5", "\($0)_\(name).keras"] }
        } + ["keras1.h5"]

    private static func model(_ name: String) throws -> KerasModel {
        try ModelFile(ExpectedOutputs.path(name)).model()
    }

    @Test(arguments: files)
    func `A model of every dialect computes what Keras computes`(name: String) throws {
        let model = try Self.model(name)
        #expect(try ExpectedOutputs.difference(of: model, from: name) < 1e-5)
        #expect(model.report.matching == .byStructure && model.report.leftOut.isEmpty)
        #expect(model.notes.isEmpty, "\(model.notes)")
    }

    @Test(arguments: dialects)
    func `Layers of models in models keep their names, and the models are layer groups`(
        dialect: String
    ) throws {
        let network = try Self.model("\(dialect)_teachable_machine.h5").network
        #expect(network.groups == ["features", "sequential_1", "sequential_3"])
        #expect(try network.node("conv1").group == "features")
        #expect(try network.node("pool").group == "sequential_1")
        #expect(try network.node("dense_2").group == "sequential_3")
    }

    @Test(arguments: dialects)
    func `Where two models have a layer of one name, the later one's is called by both`(
        dialect: String
    ) throws {
        let network = try Self.model("\(dialect)_colliding.keras").network
        let names = network.nodes.map(\.name)
        #expect(names.contains("conv") && names.contains("bn"))
        #expect(names.contains("right_conv") && names.contains("right_bn"))
        // Without weights, one layer in two places is two.
        #expect(names.contains("relu") && names.contains("relu_1"))
    }

    @Test(arguments: dialects)
    func `Names that tell blocks make layer groups`(dialect: String) throws {
        let network = try Self.model("\(dialect)_plain_sequential.keras").network
        #expect(network.groups == ["features", "block1", "block2", "head"])
    }

    @Test func `All layers that are not supported are listed at once`() throws {
        let file = try ModelFile(ExpectedOutputs.path("unsupported.keras"))
        let error = #expect(throws: KerasFileError.self) { try file.model() }
        guard case .unsupportedLayers(_, let layers) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(layers.map(\.className) == ["LSTM", "Lambda", "Strange"])
        #expect(layers[0].layers == ["lstm_a", "lstm_b"])
        #expect("\(error!)".contains("4 layers are not supported: LSTM (2: 'lstm_a', 'lstm_b'); Lambda (1: "))
        // The file can be described all the same.
        #expect(file.weights.summary.layers.contains { $0.path == "/layers/lstm_1" })
    }

    @Test func `What a layer has in it is described in the layer's row`() throws {
        let rows = try WeightsFile(ExpectedOutputs.path("wrapped.keras")).summary.layers
        let filled = rows.filter { !$0.arrays.isEmpty }
        #expect(filled.map(\.name) == ["both_ways", "each_row", "inner_dense", "classes"])
        let bidirectional = filled[0].arrays.map { "\($0.name) \($0.shape)" }
        #expect(
            bidirectional == [
                "backward_layer/cell/0 [4, 8]", "backward_layer/cell/1 [2, 8]", "backward_layer/cell/2 [8]",
                "forward_layer/cell/0 [4, 8]", "forward_layer/cell/1 [2, 8]", "forward_layer/cell/2 [8]",
            ])
        #expect(filled[0].path == "/layers/bidirectional")
        #expect(filled[0].parameterCount == 112)
        #expect(filled[1].arrays.map(\.name) == ["layer/0", "layer/1"])
        // A model in a model has layers of its own.
        #expect(filled[2].arrays.map(\.name) == ["0", "1"])
        #expect(!rows.contains { $0.name.contains("cell") })
    }

    @Test func `Kernels that Theano turned are turned back, and reported`() throws {
        let name = "theano_plain_sequential.h5"
        let model = try Self.model(name)
        #expect(try ExpectedOutputs.difference(of: model, from: name) < 1e-5)
        #expect(
            model.report.converted
                == ["block1_conv", "block2_conv"].map { "\($0)/kernel: turned by 180°, as Theano turns it" })
    }

    @Test func `A file of weights alone is no model`() throws {
        let path = Fixtures.path("keras_files/small.weights.h5")
        #expect(throws: KerasFileError.noModel(file: path)) { try ModelFile(path) }
    }

    @Test(arguments: dialects)
    func `The weights of an archive fit a network that is known otherwise`(dialect: String) throws {
        let file = try WeightsFile(ExpectedOutputs.path("\(dialect)_transfer.keras"))
        let model = try ModelFile(file).model()
        #expect(file.format == .kerasArchive && file.kerasVersion != nil)
        #expect(file.layers.count { !$0.arrays.isEmpty } == 6)
        #expect(model.parameters.count == model.network.parameters.count)
    }
}
