import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// What Keras does with such files is checked by `Tests/Fixtures/keras_files/verify_nested.py`.
@Suite struct NestedModelWriterTests {
    private static let models = [
        "keras2_teachable_machine.h5", "keras2_transfer.keras", "keras2_colliding.h5",
        "keras3_teachable_machine.keras", "keras3_transfer.h5", "keras3_colliding.keras",
    ]

    private static func written<Result>(
        _ model: KerasModel, as name: String, _ body: (String) throws -> Result
    ) throws -> Result {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: name).path(percentEncoded: false)
            try ModelWriter(model).write(model.parameters, to: path)
            return try body(path)
        }
    }

    @Test(arguments: models, ["copy.keras", "copy.h5"])
    func `Models in a model, and what is frozen, are written as they were read`(
        name: String, copy: String
    ) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(!model.losesNesting)
        let again = try Self.written(model, as: copy) { try ModelFile($0).model() }
        #expect(again.network.groups == model.network.groups)
        #expect(again.network.nodes.map(\.name).sorted() == model.network.nodes.map(\.name).sorted())
        #expect(again.frozenLayers == model.frozenLayers)
        #expect(again.parameters == model.parameters)
        #expect(try ExpectedOutputs.difference(of: again, from: name) < 1e-5)
    }

    @Test func `What was frozen is known`() throws {
        let model = try ModelFile(ExpectedOutputs.path("keras3_transfer.keras")).model()
        #expect(model.frozenLayers == ["bn1", "shortcut"])
    }

    @Test(arguments: models.filter { $0.hasSuffix(".keras") && $0.hasPrefix("keras3") })
    func `Weights alone are where the original model looks for them`(name: String) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        let original = try WeightsFile(ExpectedOutputs.path(name))
        let written = try Self.written(model, as: "copy.weights.h5") { try WeightsFile($0) }
        func places(_ file: WeightsFile) -> [String] {
            file.layers.filter { !$0.arrays.isEmpty }.map { layer in
                "\(layer.path) \(layer.arrays.map { "\($0.name) \($0.shape)" })"
            }.sorted()
        }
        #expect(places(written) == places(original))
    }

    @Test(
        arguments: ["first_nested.keras", "first_nested.h5", "first_nested_turned.keras"],
        ["copy.keras", "copy.h5"])
    func `A model with layers put between its own keeps the models in it`(name: String, copy: String) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(model.network.nodes.contains { $0.layer is Permute })
        #expect(!model.losesNesting)
        let again = try Self.written(model, as: copy) { try ModelFile($0).model() }
        #expect(again.network.groups.contains("inner"))
        #expect(again.network.nodes.map(\.name).sorted() == model.network.nodes.map(\.name).sorted())
        #expect(again.parameters == model.parameters)
        #expect(again.notes.isEmpty)
        let table = name.contains("turned") ? "nested_turned" : "channels_first"
        #expect(try ExpectedOutputs.difference(of: again, from: name, in: table) < 1e-5)
    }

    @Test(arguments: ["copy.keras", "copy.h5"])
    func `Activations that are layers stay in their models`(copy: String) throws {
        let name = "nested_activations.h5"
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(!model.losesNesting)
        let again = try Self.written(model, as: copy) { try ModelFile($0).model() }
        #expect(again.network.groups.contains("inner"))
        #expect(again.parameters == model.parameters)
        #expect(again.frozenLayers == model.frozenLayers)
        #expect(try ExpectedOutputs.difference(of: again, from: name, in: "nested_activations") < 1e-5)
    }

    @Test(arguments: ["copy.keras", "copy.h5"])
    func `A shared layer whose activation is a layer stays shared, and so do the models beside it`(
        copy: String
    ) throws {
        let name = "nested_shared_activation.h5"
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(!model.losesNesting)
        let again = try Self.written(model, as: copy) { try ModelFile($0).model() }
        #expect(again.network.groups.contains("inner"))
        #expect(again.parameters == model.parameters)
        #expect(again.network.nodes.count { $0.layer is LeakyReLU } == 3)
        #expect(try ExpectedOutputs.difference(of: again, from: name, in: "nested_activations") < 1e-5)
    }

    @Test func `A part of a model keeps what was frozen`() throws {
        let model = try ModelFile(ExpectedOutputs.path("keras3_transfer.keras")).model().until("add")
        #expect(model.frozenLayers == ["bn1", "shortcut"])
        let again = try Self.written(model, as: "part.keras") { try ModelFile($0).model() }
        #expect(again.frozenLayers == ["bn1", "shortcut"])
    }
}
