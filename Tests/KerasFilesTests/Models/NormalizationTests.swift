import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Models with layers of class `Normalization`; see `Tests/Fixtures/keras_files/make_normalization.py`.
@Suite struct NormalizationTests {
    private static let files = [
        "normalization.keras", "normalization_keras2.h5", "normalization_first.keras",
        "normalization_nested.keras", "scaling.keras",
    ]

    @Test(arguments: files)
    func `A normalization along any axes computes what Keras computes`(name: String) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(try ExpectedOutputs.difference(of: model, from: name, in: "normalization") < 1e-5)
    }

    @Test(arguments: files, ["keras", "h5"])
    func `A normalization along any axes is written with the numbers that it had`(
        name: String, ending: String
    ) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        let again = try Self.written(model, as: ending)
        #expect(try ExpectedOutputs.difference(of: again, from: name, in: "normalization") < 1e-5)
    }

    @Test func `In models in an h5, where Keras 3 forgets them, mean and variance are given numbers`() throws
    {
        let model = try ModelFile(ExpectedOutputs.path("normalization_nested.keras")).model()
        let again = try Self.written(model, as: "h5")
        let layers = Dictionary(
            uniqueKeysWithValues: again.network.nodes.map { ($0.name, $0.layer as? Normalization) })
        #expect(
            layers["norm"]??.mean?.elements
                == model.parameters[ParameterKey("norm", "mean")]?.elements.map(\.self))
        #expect(layers["norm"]??.variance?.shape == [2])
        #expect(layers["outside"]??.mean == nil)
        #expect(
            again.parameters[ParameterKey("outside", "mean")]
                == model.parameters[ParameterKey("outside", "mean")])
    }

    @Test func `A mean and a variance of different shapes are written in one, as Keras 3 wants`() throws {
        let model = try ModelFile(ExpectedOutputs.path("normalization_keras2.h5")).model()
        let again = try Self.written(model, as: "keras")
        let layer = again.network.nodes.first { $0.name == "uneven" }?.layer as? Normalization
        #expect(layer?.mean == GivenNumbers(shape: [4, 1], elements: [0.5, 0.5, 0.5, 0.5]))
        #expect(layer?.variance == GivenNumbers(shape: [4, 1], elements: [2, 1, 0.5, 3]))
    }

    @Test func `A model that scales pixels itself is told by its first layer that does anything to them`()
        throws
    {
        func layer(_ name: String) throws -> String? {
            try ModelFile(ExpectedOutputs.path(name)).model().scalingLayer
        }
        #expect(try layer("scaling.keras") == "scale")
        #expect(try layer("normalization_nested.keras") == "norm")
        #expect(try layer("keras3_transfer.keras") == nil)
    }

    private static func written(_ model: KerasModel, as ending: String) throws -> KerasModel {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("again.\(ending)").path
            try ModelWriter(model).write(model.parameters, to: path)
            return try ModelFile(path).model()
        }
    }
}
