import Foundation
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct FeatureCacheSchemaTests {
    private static func cache(_ text: String) throws -> FeatureCacheConfiguration {
        let small = SmallExperiment(folder: Fixtures.checkout)
        return try ExperimentConfiguration.parse(
            small.yaml, overrides: ["training.feature_cache=\(text)"]
        ).training.featureCache
    }

    @Test func `The cache is a word, or a mapping that says more`() throws {
        #expect(try Self.cache("off").mode == .off)
        #expect(try Self.cache("always").reuse.policy == .always)
        let cache = try Self.cache("{cached_views: 4, folder: /tmp/features, max_gb: 0.5}")
        #expect(cache.mode == .automatic && cache.cachedViews == 4)
        #expect(cache.store.folder.path == "/tmp/features" && cache.store.byteLimit == 500_000_000)
        #expect(try Self.cache("off").reuse.store == nil)
    }

    @Test func `A cache that makes no sense is told with what was expected`() {
        for text in ["sometimes", "{cached_views: 0}", "{max_gb: 0}", "{size: 3}"] {
            #expect(throws: ConfigurationError.self, "\(text)") { try Self.cache(text) }
        }
    }
}
