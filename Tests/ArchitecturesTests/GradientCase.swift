import Architectures
import Foundation
import Layers
import Tensors
import TestSupport
import Testing

/// A network on small pictures and what Keras makes of it; see `Tests/Fixtures/architectures/make.py`.
struct GradientCase: Decodable, Sendable, CustomTestStringConvertible {
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

    static func all() throws -> [GradientCase] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            [Self].self, from: Data(contentsOf: Fixtures.url("architectures/gradients.json")))
    }

    private static let classes = 10

    /// The network with a classifier: its own, or one behind VGG's last pooling.
    func build() throws -> Network {
        let architecture = try Architecture.named(network)
        let input: Shape = [size, size, 3]
        guard network.hasPrefix("vgg") else {
            return try architecture.network(input: input, alpha: alpha, classes: Self.classes)
        }
        var builder = NetworkBuilder(extending: try architecture.network(input: input, includeTop: false))
        let features = try builder.add(Flatten("flatten"), to: builder.end)
        let predictions = try builder.add(
            Dense("predictions", units: Self.classes, activation: .softmax), to: features)
        return builder.build(output: predictions)
    }

    /// The gradient of the mean cross-entropy with respect to the logits, pictures' labels being their
    /// numbers.
    func upstream(_ logits: Tensor) -> Tensor {
        let classes = logits.shape[1]
        let elements = logits.elements
        let gradient = (0..<batch).flatMap { number in
            let row = elements[number * classes..<(number + 1) * classes].map { exp(Double($0)) }
            let sum = row.reduce(0, +)
            return row.enumerated().map { column, value in
                Float((value / sum - (column == number % classes ? 1 : 0)) / Double(batch))
            }
        }
        return Tensor(gradient, shape: logits.shape)
    }
}
