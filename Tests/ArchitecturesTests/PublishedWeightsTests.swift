import Architectures
import Foundation
import TestSupport
import Testing

@Suite struct PublishedWeightsTests {
    /// A file that Keras asks for; see `Tests/Fixtures/architectures/make.py`.
    private struct KerasFile: Decodable, Hashable {
        var network: String
        var alpha: Double
        var size: Int
        var includesTop: Bool
        var file: String
        var url: String
        var md5: String?
    }

    private static func asked() throws -> Set<KerasFile> {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            Set<KerasFile>.self, from: Data(contentsOf: Fixtures.url("architectures/published.json")))
    }

    @Test func `The published files, their addresses and sums are those that Keras asks for`() throws {
        let known = Architecture.all.flatMap { architecture in
            architecture.publishedWeights.map {
                KerasFile(
                    network: architecture.name, alpha: $0.alpha, size: $0.imageSize,
                    includesTop: $0.includesTop, file: $0.fileName, url: $0.url, md5: $0.md5)
            }
        }
        let asked = try Self.asked()
        #expect(Set(known).symmetricDifference(asked).isEmpty)
        #expect(known.count == asked.count)
    }

    @Test func `A file's size on record has room for the network's numbers`() throws {
        for architecture in Architecture.all {
            for file in architecture.publishedWeights {
                guard let bytes = file.byteCount else { continue }
                let numbers = try architecture.parameterCount(
                    includeTop: file.includesTop, alpha: file.alpha)
                #expect(4 * numbers < bytes, "\(file.fileName)")
            }
        }
    }
}
