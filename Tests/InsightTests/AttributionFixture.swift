import Foundation
import Insight
import KerasFiles
import Layers
import Tensors
import TestSupport

/// What Keras says of the models `residual.h5` and `flat.h5`.
struct AttributionFixture: Decodable {
    struct Case: Decodable {
        var file: String
        var defaultLayer: String
        var scores: [Double]
        var gradCam: [Map]
        var occlusion: [Occluded]

        var model: KerasModel {
            get throws { try ModelFile(Fixtures.path("insight/\(file)")).model() }
        }
    }

    struct Map: Decodable {
        var layer: String
        var `class`: Int
        var map: [[Double]]
        var enlarged: [[Double]]?
    }

    struct Occluded: Decodable {
        var patch: Int
        var stride: Int
        var fill: String
        var `class`: Int
        var probability: Double
        var tops: [Int]
        var lefts: [Int]
        var falls: [[Double]]
        var map: [[Double]]?
    }

    var pixels: [Int]
    var shape: [Int]
    var cases: [Case]

    /// Keras's maps of a published network of faces.
    static func emotions() throws -> [Map] {
        try JSONDecoder().decode([Map].self, from: Data(contentsOf: Fixtures.url("insight/emotions.json")))
    }

    static func load() throws -> AttributionFixture {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            Self.self, from: Data(contentsOf: Fixtures.url("insight/attribution.json")))
    }

    /// The picture, scaled to -1 to 1, `[1, H, W, 3]`.
    var picture: Tensor { Tensor(pixels.map { (Float($0) - 127.5) / 127.5 }, shape: Shape([1] + shape)) }
}

extension HeatMap {
    /// The greatest difference from the numbers of an oracle; infinite where there are more or fewer.
    func difference(from expected: [[Double]]) -> Double {
        guard expected.count == height, expected.allSatisfy({ $0.count == width }) else { return .infinity }
        return zip(values, expected.joined()).map { abs(Double($0) - $1) }.max() ?? .infinity
    }
}
