import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport

/// What Keras computes with the models of the fixtures; see `Tests/Fixtures/keras_files/make_models.py`.
enum ExpectedOutputs {
    private struct Output: Decodable {
        var input: [Int]
        var output: [Float]
    }

    private static let tables = Result {
        try Dictionary(
            uniqueKeysWithValues: [
                "expected", "channels_first", "axes", "deconvolutions", "resizing", "nested_turned",
                "nested_activations", "normalization", "slopes",
            ].map {
                name in
                let url = Fixtures.url("keras_files/models/\(name).json")
                return (name, try JSONDecoder().decode([String: Output].self, from: Data(contentsOf: url)))
            })
    }

    /// The path of a model's file.
    static func path(_ name: String) -> String { Fixtures.path("keras_files/models/\(name)") }

    /// The largest difference between what a model computes and what Keras computes with the same file.
    static func difference(of model: KerasModel, from name: String, in table: String = "expected") throws
        -> Float
    {
        guard let expected = try tables.get()[table]?[name] else { return .infinity }
        let found = try output(of: model.network, model.parameters, input: expected.input)
        guard found.count == expected.output.count else { return .infinity }
        return zip(found, expected.output).map { abs($0 - $1) }.max() ?? .infinity
    }

    /// What a network computes for the picture that Python knows as well.
    static func output(of network: Network, _ parameters: Parameters, input: [Int]) throws -> [Float] {
        let plan = try ExecutionPlan(network, batchSize: input[0])
        return try plan.forward(SmallNetwork.image(Shape(input)), parameters).elements.map { $0 }
    }
}
