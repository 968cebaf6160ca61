import Foundation
import Layers
import Tensors
import TestSupport
import Testing

/// A small network and what Keras makes of it; see `Tests/Fixtures/layers/make.py`.
struct LayerOracleCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let input: [Int]
    let batch: Int
    let quantized: Bool
    let layers: [KerasLayer]
    let trained: Set<String>
    let usesBatchStatistics: Bool
    let inference: ArrayDigest
    let training: ArrayDigest?
    let inputGradient: ArrayDigest
    let gradients: [String: ArrayDigest]
    let statistics: [String: ArrayDigest]?

    var testDescription: String { name }

    /// The cases of one group.
    static func group(_ group: String) throws -> [LayerOracleCase] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([Self].self, from: Data(contentsOf: Fixtures.url("layers/\(group).json")))
    }

    /// The network, built from Keras's description.
    func network() throws -> Network {
        var builder = NetworkBuilder(name, input: Shape(input), inputName: "input")
        var outputs = ["input": builder.input]
        for description in layers {
            let inputs = try description.inputs.map { try #require(outputs[$0]) }
            outputs[description.name] = try description.add(to: &builder, behind: inputs)
        }
        let last = try #require(layers.last)
        return builder.build(output: try #require(outputs[last.name]))
    }

    /// The pictures that go in.
    var pictures: Tensor {
        var pictures = SeededArrays.array("input", Shape(input).batched(batch), scale: 2)
        if quantized {
            pictures.withMutableElements { elements in
                for index in elements.indices { elements[index].round(.down) }
            }
        }
        return pictures
    }

    /// The gradient of the loss with respect to the output.
    func upstream(of network: Network) -> Tensor {
        SeededArrays.array("upstream", network.outputShape.batched(batch))
    }

    /// The network's arrays.
    func parameters(of network: Network) -> Parameters {
        var parameters = Parameters()
        for (key, spec) in network.parameters {
            parameters[key] = SeededArrays.parameter(key.description, spec.shape)
        }
        return parameters
    }
}
