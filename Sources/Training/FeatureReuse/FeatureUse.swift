/// How much the reuse of features spared.
public struct FeatureUse: Sendable, Equatable, Codable {
    /// How many times the fixed beginning of the network was run on a picture.
    public var computed = 0
    /// How many times features were taken from the cache.
    public var reused = 0
    /// How long the computing took.
    public var secondsComputing = 0.0
    /// How long it would have taken to compute all that was taken from the cache.
    public var secondsSaved = 0.0

    private enum CodingKeys: String, CodingKey {
        case computed, reused
        case secondsComputing = "seconds_computing"
        case secondsSaved = "seconds_reused"
    }

    /// Nothing yet.
    public init() {}
}

/// Counts for one run, though others may use the same features.
final class FeatureTally {
    var use = FeatureUse()
}

/// What is told of features while they are brought together.
public enum FeatureEvent: Sendable, Equatable {
    /// So many of an epoch's pictures have their features.
    case computing(done: Int, total: Int)
    /// Another program computes the same.
    case waiting
    /// A file of the cache was damaged; it is gone, and its features are computed again.
    case damaged(path: String)
    /// Features cannot be kept, so that they are computed whenever they are needed.
    case unavailable(reason: String)
}
