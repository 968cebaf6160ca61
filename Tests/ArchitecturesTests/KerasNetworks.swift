import Foundation
import Layers
import Tensors
import TestSupport
import Testing

/// A network of Keras's and its layers; see `Tests/Fixtures/architectures/make.py`.
struct KerasNetwork: Decodable, Sendable, CustomTestStringConvertible {
    let network: String
    let alpha: Double
    /// How many numbers the arrays have, with and without the classifier.
    let count: Int
    let bareCount: Int
    let layers: [Layer]

    var testDescription: String { alpha == 1 ? network : "\(network) \(alpha)" }

    /// A layer, as a row of the fixture: name, class, output shape, arrays.
    struct Layer: Decodable, Sendable {
        let name: String
        let className: String
        let outputShape: Shape
        let parameters: [Parameter]

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            name = try row.decode(String.self)
            className = try row.decode(String.self)
            outputShape = Shape(try row.decode([Int].self))
            parameters = try row.decode([Parameter].self)
        }
    }

    /// An array's name and shape.
    struct Parameter: Decodable, Sendable, Equatable {
        let name: String
        let shape: Shape

        init(name: String, shape: Shape) { (self.name, self.shape) = (name, shape) }

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            name = try row.decode(String.self)
            shape = Shape(try row.decode([Int].self))
        }
    }

    static func all() throws -> [KerasNetwork] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            [Self].self, from: Data(contentsOf: Fixtures.url("architectures/networks.json")))
    }
}
