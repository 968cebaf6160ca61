import Architectures
import Testing

@Suite struct PublishedWeightsTests {
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
