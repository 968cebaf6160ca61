import Architectures
import Foundation
import Tensors
import TestSupport
import Testing

/// A network on small pictures and what Keras makes of it; see `Tests/Fixtures/architectures/make.py`.
struct GradientCase: SmallNetwork, Decodable, Sendable, CustomTestStringConvertible {
    let network: String
    let alpha: Double
    let size: Int
    let batch: Int
    let usesBatchStatistics: Bool
    /// The name that the pictures are made from.
    let picture: String
    let logits: ArrayDigest
    let gradients: [String: ArrayDigest]

    var testDescription: String {
        "\(network) by the \(usesBatchStatistics ? "batch's" : "running") statistics"
    }

    /// Numbers from -1 to 1, or from 0 to 255 for networks that scale their pictures themselves.
    func pictures() throws -> Tensor {
        let shape: Shape = [batch, size, size, 3]
        guard try Architecture.named(network).inputScaling == .none else {
            return SeededArrays.array(picture, shape)
        }
        return SeededArrays.array(picture, shape, scale: 127.5, offset: 127.5)
    }

    static func all() throws -> [GradientCase] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            [Self].self, from: Data(contentsOf: Fixtures.url("architectures/gradients.json")))
    }
}
