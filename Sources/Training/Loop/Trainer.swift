import Datasets
import Evaluation
import Layers
import Tensors

/// Trains a network step by step: forward, loss, backward, update.
///
/// A trainer holds the network's arrays. Freezing is a set of layers: the arrays of whatever is not in
/// ``trainableLayers`` stay as they are; ``BatchNormalizationPolicy`` says what becomes of statistics.
public struct Trainer {
    /// The network.
    public let network: Network
    /// The network's arrays as they are now.
    public internal(set) var parameters: Parameters
    /// The layers whose arrays are trained.
    public var trainableLayers: Set<String> { mode.trainableLayers }
    /// How many steps were taken.
    public internal(set) var stepCount = 0

    var optimizer: Optimizer
    var regularization: Regularization
    var loss = Loss()
    var mode = ExecutionPlan.Mode.training([])
    /// What the learning rate is multiplied by, by layer; 1 for those that are not there.
    var learningRateFactors: [String: Float] = [:]
    /// The network in two parts, while steps take what the first gives; see ``cutFrozenPrefix()``.
    public private(set) var cut: NetworkCut?
    /// What the cut's second part computes in a step, where it is a plain classifier.
    var head: HeadChain?
    /// Who computes its steps: alone, or those of several trainings together.
    var heads: any HeadComputer = HeadBatch()
    /// What the cut was made for.
    var cutMode: ExecutionPlan.Mode?
    let plans: PlanCache
    /// Those of the cut's second part.
    var partPlans: PlanCache?
    let specs: [ParameterKey: ParameterSpec]
    let seed: UInt64
    /// The gradients of the batches so far, where several make a step.
    var accumulated = AccumulatedGradients()
    let pretrained: Parameters
    var penalties: [ParameterKey: KernelPenalty] = [:]
    /// Those of the kernels that are trained, in the network's order.
    private(set) var activePenalties: [(key: ParameterKey, penalty: KernelPenalty)] = []
    var maxNorm: MaxNorm?
    var average: WeightAverage?

    /// What a step did.
    public struct StepResult: Sendable {
        /// The mean loss of the batch, penalties included, as Keras reports it.
        public var loss: Double
        /// How many samples were told correctly; see ``Loss``.
        public var correct: Int
        /// How many samples the batch had.
        public var count: Int
        /// The logits, `[N, K]`, where the network was only judged.
        public var logits: Tensor?
        /// How long it took from the inputs to the loss and from the loss to new arrays, in seconds; nothing where the
        /// network was only judged.
        public var timings = StepTimings()
    }

    /// A trainer with nothing to train yet; see ``beginStage(_:training:optimizer:regularization:)``.
    /// - Parameter pretrained: the arrays that were imported, for regularization that pulls towards them.
    /// - Throws: ``LayerError`` where arrays are missing or have other shapes.
    public init(
        _ network: Network, _ parameters: Parameters, pretrained: Parameters = Parameters(), seed: UInt64
    ) throws {
        try network.check(parameters)
        self.network = network
        self.parameters = parameters
        self.pretrained = pretrained
        self.seed = seed
        optimizer = Optimizer(.sgd())
        regularization = Regularization()
        plans = PlanCache(network: network)
        specs = Dictionary(uniqueKeysWithValues: network.parameters.map { ($0.key, $0.spec) })
    }

    /// Begins a stage: other layers may be trained, with a new optimizer.
    /// - Throws: ``TrainingError/nothingToTrain(stage:)``
    public mutating func beginStage(
        _ name: String, training layers: Set<String>, optimizer settings: OptimizerSettings,
        regularization: Regularization, loss: Loss = Loss()
    ) throws {
        guard network.trainableParameterCount(in: layers) > 0 else {
            throw TrainingError.nothingToTrain(stage: name)
        }
        self.regularization = regularization
        self.loss = loss
        self.loss.labelSmoothing = regularization.labelSmoothing
        optimizer = Optimizer(settings, weightDecay: regularization.weightDecay)
        accumulated = AccumulatedGradients()
        penalties = regularization.penalties(of: network, pretrained: pretrained)
        maxNorm = regularization.maxNorm.map { MaxNorm($0, of: network) }
        average = nil
        (cut, cutMode, partPlans, head) = (nil, nil, nil, nil)
        train(layers)
    }

    /// From now on trains other layers, or otherwise, within the stage: the optimizer goes on, and keeps what
    /// it remembers.
    /// - Parameter factors: what the learning rate is multiplied by, by layer group.
    public mutating func train(
        _ layers: Set<String>, batchNormalization: BatchNormalizationPolicy = .init(),
        learningRateFactors factors: [String: Double] = [:]
    ) {
        let before = mode
        mode = .training(layers, of: network, batchNormalization: batchNormalization)
        if mode != before { plans.removeTrainingPlans() }
        activePenalties =
            penalties.isEmpty
            ? []
            : network.parameters.compactMap { parameter in
                guard trainableLayers.contains(parameter.key.layer) else { return nil }
                return penalties[parameter.key].map { (parameter.key, $0) }
            }
        learningRateFactors = [:]
        for node in network.nodes {
            if let factor = factors[node.group] { learningRateFactors[node.name] = Float(factor) }
        }
    }

    /// From now on, until other layers are trained, ``step(_:_:learningRate:)``, ``evaluate(_:_:)`` and
    /// ``outputs(_:)`` take what the first part of ``cut`` makes of pictures; where nothing comes before what is
    /// trained, they go on to take pictures.
    /// - Returns: whether the cut is another than before.
    public mutating func cutFrozenPrefix() -> Bool {
        guard cutMode != trainingMode else { return false }
        cutMode = trainingMode
        cut = network.cut(for: trainingMode)
        partPlans = cut.map { PlanCache(network: $0.suffix) }
        head = cut.flatMap { HeadChain($0.suffix, mode: trainingMode) }
        return true
    }

    /// How many numbers the stage trains.
    public var trainableParameterCount: Int { network.trainableParameterCount(in: trainableLayers) }

    /// The layer groups of which the stage trains something, in the network's order.
    public var trainableGroups: [String] { network.trainableGroups(in: trainableLayers) }

}
