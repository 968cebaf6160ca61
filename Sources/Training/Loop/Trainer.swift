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
    public private(set) var parameters: Parameters
    /// The layers whose arrays are trained.
    public var trainableLayers: Set<String> { mode.trainableLayers }
    /// How many steps were taken.
    public private(set) var stepCount = 0

    private var optimizer: Optimizer
    private var regularization: Regularization
    private var mode = ExecutionPlan.Mode.training([])
    /// What the learning rate is multiplied by, by layer; 1 for those that are not there.
    private var learningRateFactors: [String: Float] = [:]
    /// The network in two parts, while steps take what the first gives; see ``cutFrozenPrefix()``.
    public private(set) var cut: NetworkCut?
    /// What the cut was made for.
    private var cutMode: ExecutionPlan.Mode?
    private let plans: PlanCache
    /// Those of the cut's second part.
    private var partPlans: PlanCache?
    private let specs: [ParameterKey: ParameterSpec]
    private let seed: UInt64

    /// What a step did.
    public struct StepResult: Sendable {
        /// The mean loss of the batch, penalties included, as Keras reports it.
        public var loss: Double
        /// How many labels had the greatest probability.
        public var correct: Int
        /// How many samples the batch had.
        public var count: Int
    }

    /// A trainer with nothing to train yet; see ``beginStage(_:training:optimizer:regularization:)``.
    /// - Throws: ``LayerError`` where arrays are missing or have other shapes.
    public init(_ network: Network, _ parameters: Parameters, seed: UInt64) throws {
        try network.check(parameters)
        self.network = network
        self.parameters = parameters
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
        regularization: Regularization
    ) throws {
        guard network.trainableParameterCount(in: layers) > 0 else {
            throw TrainingError.nothingToTrain(stage: name)
        }
        self.regularization = regularization
        optimizer = Optimizer(settings, weightDecay: regularization.weightDecay)
        (cut, cutMode, partPlans) = (nil, nil, nil)
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
        return true
    }

    /// Takes one step.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`, preprocessed.
    ///   - labels: N class numbers.
    /// - Throws: ``TrainingError`` where the loss is not finite or a label unknown, ``LayerError``.
    public mutating func step(_ inputs: Tensor, _ labels: [Int], learningRate: Double) throws -> StepResult {
        try check(labels)
        let plan = try (partPlans ?? plans).plan(batchSize: labels.count, mode: trainingMode)
        let logits = try plan.forward(
            inputs, parameters, seed: seed &+ UInt64(stepCount) &* 0x9E37_79B9_7F4A_7C15)
        let loss = CrossEntropy(labelSmoothing: regularization.labelSmoothing)(logits, labels)
        let total = loss.loss + penalty
        guard total.isFinite else {
            throw TrainingError.lossNotFinite(loss: total, step: stepCount, learningRate: learningRate)
        }
        try descend(plan, loss.gradient, inputs, learningRate: Float(learningRate))
        plan.updateStatistics(of: &parameters)
        stepCount += 1
        return StepResult(loss: total, correct: loss.correct, count: labels.count)
    }

    /// What the network as it is makes of a labelled batch, in inference mode, by the loss of the stage.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`, preprocessed.
    ///   - labels: N class numbers.
    /// - Throws: ``TrainingError/label(_:classes:)``, ``LayerError``
    public func evaluate(_ inputs: Tensor, _ labels: [Int]) throws -> StepResult {
        try check(labels)
        var mode = ExecutionPlan.Mode.inference
        mode.stopsBeforeSoftmax = true
        let logits = try (partPlans ?? plans).plan(batchSize: labels.count, mode: mode)
            .forward(inputs, parameters)
        let loss = CrossEntropy(labelSmoothing: regularization.labelSmoothing)(logits, labels)
        return StepResult(loss: loss.loss, correct: loss.correct, count: labels.count)
    }

    /// What the kernels that are trained add to the loss.
    public var penalty: Double {
        // Asked in every step: most trainings have none, and networks have hundreds of arrays.
        guard regularization.hasPenalty else { return 0 }
        return network.parameters.reduce(0) { sum, parameter in
            let isTrained = parameter.spec.role == .kernel && trainableLayers.contains(parameter.key.layer)
            return isTrained ? sum + regularization.penalty(parameters[parameter.key]!) : sum
        }
    }

    /// How many numbers the stage trains.
    public var trainableParameterCount: Int { network.trainableParameterCount(in: trainableLayers) }

    /// The layer groups of which the stage trains something, in the network's order.
    public var trainableGroups: [String] { network.trainableGroups(in: trainableLayers) }

    /// The network's outputs for a batch, in inference mode.
    /// - Parameter inputs: `[N, H, W, C]`, preprocessed.
    /// - Returns: `[N, K]`.
    public func predict(_ inputs: Tensor) throws -> Tensor {
        try plans.plan(batchSize: inputs.shape[0], mode: .inference).forward(inputs, parameters)
    }

    /// The network's outputs for what steps take, in inference mode.
    /// - Returns: `[N, K]`.
    public func outputs(_ inputs: Tensor) throws -> Tensor {
        try (partPlans ?? plans).plan(batchSize: inputs.shape[0], mode: .inference)
            .forward(inputs, parameters)
    }

    /// Goes back to earlier arrays: the best epoch's.
    /// - Throws: ``LayerError`` where arrays are missing or have other shapes.
    public mutating func restore(_ earlier: Parameters) throws {
        try network.check(earlier)
        parameters = earlier
    }

    /// Everything that the next steps depend on, as it is now.
    public var state: TrainerState {
        TrainerState(parameters: parameters, stepCount: stepCount, optimizer: optimizer.state)
    }

    /// Goes on where a trainer of the same network was in the stage that has just begun.
    /// - Throws: ``LayerError`` where arrays are missing or have other shapes,
    ///   ``TrainingError/optimizerState(array:expected:found:)``
    public mutating func resume(_ state: TrainerState) throws {
        for (key, slots) in state.optimizer.slots {
            let found = slots.map(\.shape)
            let expected = specs[key].map { Array(repeating: $0.shape, count: optimizer.slotCount) } ?? []
            guard found == expected else {
                throw TrainingError.optimizerState(array: "\(key)", expected: expected, found: found)
            }
        }
        try restore(state.parameters)
        stepCount = state.stepCount
        optimizer.resume(state.optimizer)
    }

    private func check(_ labels: [Int]) throws(TrainingError) {
        let classes = network.outputShape[-1]
        if let label = labels.first(where: { !(0..<classes).contains($0) }) {
            throw .label(label, classes: classes)
        }
    }

    /// Gradients are kept only where all must be there before any may be used: to clip their common norm.
    private var trainingMode: ExecutionPlan.Mode {
        var mode = mode
        mode.keepsGradients = regularization.clipNorm != nil
        return mode
    }

    /// Runs the backward pass and updates every trained array.
    private mutating func descend(
        _ plan: ExecutionPlan, _ gradient: Tensor, _ inputs: Tensor, learningRate: Float
    ) throws {
        // Out of the trainer for a while, since its arrays are updated while the optimizer changes.
        var optimizer = Optimizer(optimizer.settings)
        swap(&optimizer, &self.optimizer)
        defer { swap(&optimizer, &self.optimizer) }
        optimizer.beginStep()
        let (specs, regularization, factors) = (specs, regularization, learningRateFactors)
        func update(_ key: ParameterKey, _ tensor: inout Tensor, _ gradient: Span<Float>) {
            optimizer.update(
                &tensor, key: key, role: specs[key]!.role, gradient: gradient,
                learningRate: learningRate * (factors[key.layer] ?? 1))
        }
        guard plan.mode.keepsGradients else {
            return try plan.backward(gradient, input: inputs, updating: &parameters) {
                key, tensor, gradient in
                regularization.complete(&gradient, of: tensor, role: specs[key]!.role)
                update(key, &tensor, gradient.span)
            }
        }
        try plan.backward(gradient, input: inputs, parameters)
        for key in plan.gradientKeys {
            _ = plan.withMutableGradient(of: key) {
                regularization.complete(&$0, of: parameters[key]!, role: specs[key]!.role)
            }
        }
        regularization.clipNorm(plan)
        for key in plan.gradientKeys {
            _ = plan.withGradient(of: key) { gradient in
                parameters.update(key) { tensor in update(key, &tensor, gradient) }
            }
        }
    }
}
