import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Models of layers drawn at random; see `Tests/Fixtures/keras_files/generate_models.py`, which makes them.
@Suite struct GeneratedModelsTests {
    /// A folder of many more of them, if there is one.
    private static let named = ProcessInfo.processInfo.environment["GRAFT_GENERATED"]
    /// Where the models are left that are written of those that were read, if it is wanted.
    private static let keptFolder = ProcessInfo.processInfo.environment["GRAFT_WRITTEN"]
    private static let folder = named ?? Fixtures.path("keras_files/generated")

    private struct Digest: Decodable {
        var inputs: [[Int]]
        var outputs: [[Float]]
        var parameterCount: Int
    }

    private static let digests: [String: Digest] = {
        let data = try? Data(contentsOf: URL(filePath: "\(folder)/digests.json"))
        return data.flatMap { try? JSONDecoder().decode([String: Digest].self, from: $0) } ?? [:]
    }()

    @Test func `There are models to try`() { #expect(!Self.digests.isEmpty) }

    @Test(arguments: digests.keys.sorted())
    func `A model of random layers computes what Keras computes, and is written and read back`(
        name: String
    ) throws {
        let digest = try #require(Self.digests[name])
        let model = try ModelFile("\(Self.folder)/\(name)").model()
        #expect(model.network.parameterCount == digest.parameterCount)
        #expect(model.notes.isEmpty && model.report.leftOut.isEmpty, "\(model.notes) \(model.report)")
        #expect(!model.losesNesting)
        try compare(model.network, model.parameters, digest)
        try Fixtures.withTemporaryFolder { folder in
            for ending in ["keras", "h5"] {
                let path =
                    Self.keptFolder.map { "\($0)/\(name).\(ending)" }
                    ?? folder.appending(path: "model.\(ending)").path(percentEncoded: false)
                try ModelWriter(model).write(model.parameters, to: path)
                let copy = try ModelFile(path).model()
                #expect(copy.network.parameterCount == digest.parameterCount)
                try compare(copy.network, copy.parameters, digest)
                for (key, _) in model.network.parameters {
                    #expect(copy.parameters[key] == model.parameters[key], "\(key)")
                }
            }
        }
    }

    private func compare(_ network: Network, _ parameters: Parameters, _ digest: Digest) throws {
        let plan = try ExecutionPlan(network, batchSize: digest.inputs[0][0])
        let outputs = try plan.forward(digest.inputs.map { SmallNetwork.image(Shape($0)) }, parameters)
        #expect(outputs.count == digest.outputs.count)
        for (found, expected) in zip(outputs, digest.outputs) {
            #expect(found.shape.elementCount == expected.count)
            let largest = expected.map(abs).max() ?? 0
            let difference = zip(found.elements, expected).map { abs($0 - $1) }.max() ?? .infinity
            #expect(difference <= 1e-5 * max(1, largest))
        }
    }
}
