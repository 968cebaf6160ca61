import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Models of pictures `[C, H, W]`; see `Tests/Fixtures/keras_files/make_channels_first.py`.
@Suite struct ChannelsFirstTests {
    private static let files = [
        "first_every_layer.h5", "first_plain.h5", "first_nested.h5", "first_nested.keras", "first_keras1.h5",
        "first_keras1_theano.h5",
    ]

    private static func model(_ name: String) throws -> KerasModel {
        try ModelFile(ExpectedOutputs.path(name)).model()
    }

    @Test(arguments: files)
    func `A model with the channels first computes what Keras computes, and says that it was converted`(
        name: String
    ) throws {
        let model = try Self.model(name)
        #expect(try ExpectedOutputs.difference(of: model, from: name, in: "channels_first") < 1e-5)
        #expect(model.network.inputShape[2] == 3)
        #expect(model.notes.contains { $0.hasPrefix("the model has the channels of pictures first") })
        #expect(
            model.notes.contains { $0.contains("taken for TensorFlow's") } == (name == "first_keras1.h5"))
    }

    @Test func `Where nothing goes by positions, nothing is put between the layers`() throws {
        let names = try Self.model("first_plain.h5").network.nodes.map(\.name)
        #expect(
            names.dropFirst() == [
                "block1_conv", "block1_pool", "block2_conv", "flatten", "fc1", "predictions",
            ])
    }

    @Test func `What goes by positions gets the order of the file, and it is said`() throws {
        let model = try Self.model("first_every_layer.h5")
        let permutes = model.network.nodes.filter { $0.layer is Permute }.map(\.name)
        #expect(permutes.contains("columns_channels_first"))
        #expect(permutes.allSatisfy { name in model.notes.contains { $0.contains("'\(name)'") } })
    }

    @Test
    func
        `Kernels of Keras 1 are put in order, those of Theano turned, and rows of a flattened picture moved`()
        throws
    {
        let model = try Self.model("first_keras1_theano.h5")
        #expect(model.report.converted.contains("block1_conv/kernel: turned by 180°, as Theano turns it"))
        #expect(model.report.converted.contains("block1_conv/kernel: [out, in, H, W], as of Theano"))
        #expect(
            model.report.converted.contains(
                "fc1/kernel: its rows in the order of a flattened [C, H, W]"))
    }

    @Test(arguments: ["first_keras1.h5", "first_keras1_theano.h5"])
    func `Weights of Keras 1 and Theano fit a network that is known otherwise`(name: String) throws {
        let model = try Self.model("first_plain.h5")
        let file = try WeightsFile(ExpectedOutputs.path(name))
        let (parameters, report) = try file.parameters(for: model.network)
        for (key, _) in model.network.parameters {
            #expect(
                parameters[key]?.elements.elementsEqual(model.parameters[key]!.elements) == true, "\(key)")
        }
        #expect(report.converted.count == (name.contains("theano") ? 5 : 3))
        #expect(try file.check(for: model.network).fits)
    }

    @Test func `Kernels that Keras 1 transposed for Theano are put in order where their shapes tell`() throws
    {
        let model = try Self.model("keras2_plain_sequential.h5")
        let file = try WeightsFile(ExpectedOutputs.path("keras1_theano_weights.h5"))
        let (parameters, report) = try file.parameters(for: model.network)
        for (key, _) in model.network.parameters {
            #expect(
                parameters[key]?.elements.elementsEqual(model.parameters[key]!.elements) == true, "\(key)")
        }
        #expect(report.converted.contains("block2_conv/kernel: [out, in, H, W], as of Theano"))
    }

    @Test func `A model that was converted is written as a model with the channels last`() throws {
        let model = try Self.model("first_every_layer.h5")
        let again = try Fixtures.withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("last.keras").path
            try ModelWriter(model.network).write(model.parameters, to: path)
            return try ModelFile(path).model()
        }
        let difference = try ExpectedOutputs.difference(
            of: again, from: "first_every_layer.h5", in: "channels_first")
        #expect(difference < 1e-5)
        #expect(again.notes.isEmpty)
    }
}
