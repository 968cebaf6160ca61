/// The section `training`: the stages, one after the other, and what they have in common.
public struct TrainingConfiguration: Sendable, Equatable {
    /// What the trained network is compared with.
    public enum Baseline: String, Sendable, CaseIterable {
        /// The same network, trained from random weights on the same pictures.
        case fromScratch = "from_scratch"
    }

    /// How many pictures a step takes, where a stage does not say.
    public var batchSize: Int
    /// Whether the pictures are shown in a new order in each epoch.
    public var shuffle: Bool
    /// The stages; at least one, each with its own name.
    public var stages: [StageConfiguration]
    /// What the trained network is compared with; nil for nothing.
    public var baseline: Baseline?
    /// What is kept of what a frozen beginning of the network gives.
    public var featureCache: FeatureCacheConfiguration

    /// A training section with the defaults of the YAML file.
    public init(
        batchSize: Int = 32, shuffle: Bool = true, stages: [StageConfiguration], baseline: Baseline? = nil,
        featureCache: FeatureCacheConfiguration = FeatureCacheConfiguration()
    ) {
        self.batchSize = batchSize
        self.shuffle = shuffle
        self.stages = stages
        self.baseline = baseline
        self.featureCache = featureCache
    }

    /// How many pictures a step of the stage takes.
    public func batchSize(of stage: StageConfiguration) -> Int { stage.batchSize ?? batchSize }
}
