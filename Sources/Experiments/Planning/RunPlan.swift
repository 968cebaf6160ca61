import Training

/// What a run is going to do and what it takes, worked out before any of it.
///
/// Memory is what the compiled steps, the arrays, the optimizer and the loader hold; what the libraries and
/// the program itself need comes on top. Times are estimates from a few steps on noise.
public struct RunPlan: Codable, Sendable, Equatable {
    /// A layer group of the network.
    public struct Group: Codable, Sendable, Equatable {
        /// Its name.
        public var name: String
        /// How many layers it has.
        public var layers: Int
        /// How many numbers its arrays have, statistics included.
        public var parameters: Int
    }

    /// What becomes of a layer group in a phase.
    public struct Role: Codable, Sendable, Equatable {
        /// The group.
        public var group: String
        /// How many of its numbers are trained; 0 where it is frozen.
        public var trainableParameters: Int
        /// Its learning rate before the schedule; nil where it is frozen.
        public var learningRate: Double?
        /// What its batch normalizations do, each kind once; empty where it has none.
        public var batchNormalization: [String]
    }

    /// Bytes.
    public struct Memory: Codable, Sendable, Equatable {
        /// The network's arrays, those of the best epoch included where they are kept.
        public var parameters: Int
        /// What the optimizer remembers.
        public var optimizer: Int
        /// Intermediate values, kernels in the processor's layout, gradients.
        public var plan: Int
        /// Batches that are prepared and pictures that are kept.
        public var loader: Int

        /// Everything together.
        public var total: Int { parameters + optimizer + plan + loader }
    }

    /// Epochs of a stage in which the same layers are trained: all of them, or, where layers are unfrozen
    /// gradually, those until more join.
    public struct Phase: Codable, Sendable, Equatable {
        /// The network that is trained.
        public var variant: ExperimentEvent.Variant
        /// The stage's number, from 1.
        public var stage: Int
        /// The stage's name.
        public var name: String
        /// The first epoch, counted from 1 in the stage.
        public var firstEpoch: Int
        /// The last epoch.
        public var lastEpoch: Int
        /// How many pictures a step takes.
        public var batchSize: Int
        /// How many steps an epoch takes.
        public var stepsPerEpoch: Int
        /// The optimizer's name.
        public var optimizer: String
        /// How many numbers are trained.
        public var trainableParameters: Int
        /// What becomes of each layer group.
        public var groups: [Role]
        /// What it takes.
        public var memory: Memory
        /// How long a step takes, about; nil where nothing was timed.
        public var secondsPerStep: Double?
        /// How long the phase takes, validation included, about; nil where nothing was timed.
        public var seconds: Double?

        /// How many epochs it has at most.
        public var epochs: Int { lastEpoch - firstEpoch + 1 }
    }

    /// The layer groups, from the input to the output.
    public var groups: [Group]
    /// One after the other.
    public var phases: [Phase]
    /// How long the test pictures take, about; nil where nothing was timed.
    public var testSeconds: Double?
    /// The memory of the phase that takes most.
    public var peakMemory: Int
    /// How long everything takes at most, about; nil where nothing was timed.
    public var seconds: Double?
    /// Whether stages may end before their last epoch.
    public var mayStopEarly: Bool
}
