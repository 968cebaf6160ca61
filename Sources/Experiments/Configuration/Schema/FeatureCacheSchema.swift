extension Field<FeatureCacheConfiguration> {
    /// When features are kept, or a mapping that says more.
    static var featureCache: Field {
        .section("'auto', 'always' or 'off', or a mapping of keys to values", orJust: "mode") { section in
            FeatureCacheConfiguration(
                mode: section.optional("mode", as: .choice, default: .automatic),
                cachedViews: section.optional("cached_views", as: .whole(1...1_000_000)),
                folder: section.optional("folder", as: .path("the cache's folder")),
                maxGigabytes: section.optional("max_gb", as: .number(.positive), default: 10))
        }
    }
}

extension FeatureCacheConfiguration {
    var node: YAMLNode {
        .section([
            "mode": .text(mode.rawValue),
            "cached_views": cachedViews.map(YAMLNode.plain),
            "folder": folder.map(YAMLNode.text),
            "max_gb": .plain(maxGigabytes),
        ])
    }
}
