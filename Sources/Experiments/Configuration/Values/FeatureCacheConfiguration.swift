import Foundation
import Training

/// What is kept, on disk, of what a frozen beginning of the network gives.
public struct FeatureCacheConfiguration: Sendable, Equatable {
    /// When features are kept.
    public enum Mode: String, Sendable, CaseIterable {
        /// Where a stage has several epochs and shows the same pictures in them.
        case automatic = "auto"
        /// Wherever pictures are the same: in a single epoch too, for other runs.
        case always
        /// Never.
        case off
    }

    /// When features are kept.
    public var mode: Mode
    /// How many variants augmentation draws of a picture, which then come again in turn: epoch `e` shows the
    /// variant `e mod K`. nil for a new one in each epoch, of which no features are kept.
    public var cachedViews: Int?
    /// The cache's folder; nil for the user's.
    public var folder: String?
    /// How many gigabytes the cache may have; what was used longest ago goes first.
    public var maxGigabytes: Double

    /// A cache with the defaults of the YAML file.
    public init(
        mode: Mode = .automatic, cachedViews: Int? = nil, folder: String? = nil, maxGigabytes: Double = 10
    ) {
        self.mode = mode
        self.cachedViews = cachedViews
        self.folder = folder
        self.maxGigabytes = maxGigabytes
    }

    /// The cache in another folder, or none for `off`; the same for nil.
    public func overridden(_ folder: String?) -> FeatureCacheConfiguration {
        guard let folder else { return self }
        var cache = self
        if folder == "off" {
            cache.mode = .off
        } else {
            cache.folder = folder
            if cache.mode == .off { cache.mode = .automatic }
        }
        return cache
    }

    /// What runs share by it.
    public var reuse: FeatureReuse {
        guard mode != .off else { return FeatureReuse() }
        return FeatureReuse(store, policy: mode == .always ? .always : .automatic)
    }

    /// What runs share that are known to be several: a single epoch is worth keeping its features, too.
    /// - Parameters:
    ///   - shared: what the runs of this program have at hand.
    ///   - member: the run's place among others that train together; nil where it trains alone.
    public func reuseAmongRuns(
        sharing shared: SharedFeatures, as member: Lockstep.Member? = nil
    ) -> FeatureReuse {
        FeatureReuse(
            mode == .off ? nil : store, policy: .always, sharing: mode == .off ? nil : shared, as: member)
    }

    /// The cache.
    public var store: FeatureStore {
        let path = folder.map { ($0 as NSString).expandingTildeInPath }
        return FeatureStore(
            folder: path.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? FeatureStore.defaultFolder,
            byteLimit: Int(min(maxGigabytes * 1e9, 1e18)))
    }
}
