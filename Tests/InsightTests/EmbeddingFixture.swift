import Foundation
import Tensors
import TestSupport

/// What scikit-learn says.
struct EmbeddingFixture: Decodable {
    struct Components: Decodable {
        var samples: [[Double]]
        var components: [[Double]]
        var variance: [Double]
        var ratio: [Double]
        var places: [[Double]]
    }

    struct Neighbours: Decodable {
        var samples: [[Double]]
        var perplexity: Double
        var joint: [[Double]]
        var rows: [Int]
        var divergence: Double
        var trustworthiness: Double
        var places: [[Double]]
        var barnes_hut: BarnesHut
    }

    /// Of the same samples.
    struct BarnesHut: Decodable {
        var joint: [[Double]]
        var divergence: Double
        var trustworthiness: Double
    }

    var pca: [Components]
    var tsne: Neighbours

    static func load() throws -> EmbeddingFixture {
        try JSONDecoder().decode(Self.self, from: Data(contentsOf: Fixtures.url("insight/embedding.json")))
    }
}

extension Matrix {
    init(_ rows: [[Double]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, Array(rows.joined()))
    }

    /// The greatest difference; infinite where the shapes differ.
    func difference(from expected: [[Double]]) -> Double {
        guard expected.count == rows, expected.allSatisfy({ $0.count == columns }) else { return .infinity }
        return zip(elements, expected.joined()).map { abs($0 - $1) }.max() ?? .infinity
    }
}
