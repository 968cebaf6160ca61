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
    public private(set) var parameters: Parameters
    /// The layers whose arrays are trained.
    public var trainableLayers: Set<String> { mode.trainableLayers }
    /// How many steps were taken.
    public private(set) var stepCount = 0

    private(set) var optimizer: Optimizer
    private var regularization: Regularization
    private var loss = Loss()
    private var mode = ExecutionPlan.Mode.training([])
    /// What the learning rate is multiplied by, by layer; 1 for those that are not there.
    private var learningRateFactors: [String: Float] = [:]
    /// The network in two parts, while steps take what the first gives; see ``cutFrozenPrefix()``.
    public private(set) var cut: NetworkCut?
    /// What the cut's second part computes in a step, where it is a plain classifier.
    private var head: HeadChain?
    /// Who computes its steps: alone, or those of several trainings together.
    var heads: any HeadComputer = HeadBatch()
    /// What the cut was made for.
    private var cutMode: ExecutionPlan.Mode?
    private let plans: PlanCache
    /// Those of the cut's second part.
    private var partPlans: PlanCache?
    private let specs: [ParameterKey: ParameterSpec]
    private let seed: UInt64
    /// The gradients of the batches so far, where several make a step.
    private var accumulated = AccumulatedGradients()
    private let pretrained: Parameters
    private var penalties: [ParameterKey: KernelPenalty] = [:]
    private var maxNorm: MaxNorm?
    private var average: WeightAverage?

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

    /// Takes one step.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`, preprocessed.
    ///   - targets: what the N samples are.
    ///   - momentum: the momentum of this step, where the schedule moves it.
    ///   - isPartial: whether the batch makes a step together with those that follow: its gradients are kept,
    ///     and the arrays follow the mean of all, over their samples, with the first that is not partial.
    /// - Throws: ``TrainingError`` where the loss is not finite or targets are not of the network's classes, ``LayerError``.
    public mutating func step(
        _ inputs: Tensor, _ targets: Targets, learningRate: Double, momentum: Double? = nil,
        isPartial: Bool = false
    ) throws -> StepResult {
        try check(targets)
        if let head { return try step(head, inputs, targets, learningRate, momentum, isPartial) }
        let began = ContinuousClock.now
        let plan = try plan(batchSize: targets.count)
        let logits = try plan.forward(inputs, parameters, seed: noiseSeed(step: stepCount))
        let loss = loss(logits, targets)
        let total = loss.loss + penalty
        let judged = ContinuousClock.now
        guard total.isFinite else { throw try lossNotFinite(total, inputs, learningRate) }
        if isPartial || !accumulated.isEmpty {
            try accumulated.add(plan, loss.gradient, input: inputs, &parameters)
        }
        var updating = Duration.zero
        if !isPartial { updating = try descend(.plan(plan, loss.gradient, inputs), learningRate, momentum) }
        plan.updateStatistics(of: &parameters)
        stepCount += 1
        return StepResult(
            loss: total, correct: loss.correct, count: targets.count,
            timings: Self.timings(began, judged, updating))
    }

    /// Takes a step of a plain classifier, whose gradients ``heads`` works out.
    private mutating func step(
        _ head: HeadChain, _ inputs: Tensor, _ targets: Targets, _ learningRate: Double,
        _ momentum: Double?, _ isPartial: Bool
    ) throws -> StepResult {
        let began = ContinuousClock.now
        let (loss, penalty) = (loss, penalty)
        var judged: (total: Double, correct: Int, time: ContinuousClock.Instant)?
        let computed = try heads.gradients(
            of: HeadStep(
                chain: head, inputs: inputs, kernels: head.layers.map { parameters[$0.kernel]! },
                biases: head.layers.map { $0.bias.flatMap { parameters[$0] } },
                seed: noiseSeed(step: stepCount),
                judge: { logits in
                    let found = loss(logits, targets)
                    judged = (found.loss + penalty, found.correct, .now)
                    return (found.loss + penalty).isFinite ? found.gradient : nil
                }))
        let (total, correct, time) = judged ?? (.nan, 0, began)
        guard let gradients = computed else { throw try lossNotFinite(total, inputs, learningRate) }
        if isPartial || !accumulated.isEmpty { accumulated.add(gradients, samples: targets.count) }
        var updating = Duration.zero
        if !isPartial { updating = try descend(.head(gradients), learningRate, momentum) }
        stepCount += 1
        return StepResult(
            loss: total, correct: correct, count: targets.count, timings: Self.timings(began, time, updating))
    }

    /// The timings of a step that ends now.
    private static func timings(
        _ began: ContinuousClock.Instant, _ judged: ContinuousClock.Instant, _ updating: Duration
    ) -> StepTimings {
        StepTimings(
            forward: (judged - began) / .seconds(1), backward: (.now - judged - updating) / .seconds(1),
            update: updating / .seconds(1))
    }

    private func lossNotFinite(
        _ loss: Double, _ inputs: Tensor, _ learningRate: Double
    ) throws -> TrainingError {
        let plan = try plan(batchSize: inputs.shape[0])
        let search = NonFiniteSearch(
            network: plan.network, parameters: parameters, mode: plan.mode,
            noiseSeed: noiseSeed(step: stepCount))
        return TrainingError.lossNotFinite(
            loss: loss, step: stepCount + 1, learningRate: learningRate, origin: try search.origin(inputs))
    }

    private mutating func finishDescent() {
        guard case .exponential(let decay) = regularization.averaging else { return }
        addToAverage(share: Float(1 - decay))
        shortenFilters()
    }

    /// What the network as it is makes of a labelled batch, in inference mode, by the loss of the stage
    /// without its class weights, as Keras validates.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`, preprocessed.
    ///   - targets: what the N samples are.
    /// - Throws: ``TrainingError`` where targets are not of the network's classes, ``LayerError``
    public func evaluate(_ inputs: Tensor, _ targets: Targets) throws -> StepResult {
        try check(targets)
        let logits = try evaluationPlan(batchSize: targets.count).forward(inputs, judgedParameters)
        let loss = loss(logits, targets, weighted: false)
        return StepResult(
            loss: loss.loss, correct: loss.correct, count: targets.count, logits: logits)
    }

    /// What the kernels that are trained add to the loss.
    public var penalty: Double { penalty(of: parameters) }

    private func penalty(of arrays: Parameters) -> Double {
        // Asked in every step: most trainings have none, and networks have hundreds of arrays.
        guard !penalties.isEmpty else { return 0 }
        return network.parameters.reduce(0) { sum, parameter in
            guard trainableLayers.contains(parameter.key.layer), let penalty = penalties[parameter.key],
                let kernel = arrays[parameter.key]
            else { return sum }
            return sum + penalty.loss(kernel)
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
        try stagePlans.plan(batchSize: inputs.shape[0], mode: .inference)
            .forward(inputs, parameters)
    }

    /// Goes back to earlier arrays: the best epoch's.
    /// - Throws: ``LayerError`` where arrays are missing or have other shapes.
    public mutating func restore(_ earlier: Parameters) throws {
        try network.check(earlier)
        parameters = earlier
        average = nil
    }

    /// Everything that the next steps depend on, as it is now.
    public var state: TrainerState {
        TrainerState(
            parameters: parameters, stepCount: stepCount, optimizer: optimizer.state, average: average)
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
        if let average = state.average {
            var averaged = state.parameters
            averaged.merge(average.arrays)
            try network.check(averaged)
        }
        average = state.average
        stepCount = state.stepCount
        optimizer.resume(state.optimizer)
    }

    private func check(_ targets: Targets) throws(TrainingError) {
        let classes = network.outputShape[-1]
        switch targets {
        case .classes(let labels):
            if let label = labels.first(where: { !(0..<classes).contains($0) }) {
                throw .label(label, classes: classes)
            }
        case .distributions(let values), .indicators(let values):
            guard values.shape[-1] == classes else {
                throw .targets(classes: classes, found: values.shape[-1])
            }
        }
    }

    /// The plans of what steps take: of the whole network, or of the second part of ``cut``.
    private var stagePlans: PlanCache { partPlans ?? plans }

    /// What a step computes.
    func plan(batchSize: Int) throws -> ExecutionPlan {
        try stagePlans.plan(batchSize: batchSize, mode: trainingMode)
    }

    /// What judging a batch computes: logits.
    func evaluationPlan(batchSize: Int) throws -> ExecutionPlan {
        var mode = ExecutionPlan.Mode.inference
        (mode.stopsBeforeSoftmax, mode.stopsBeforeSigmoid) = (true, loss.isBinary)
        return try stagePlans.plan(batchSize: batchSize, mode: mode)
    }

    /// Gradients are kept only where all must be there before any may be used: to clip their common norm.
    private var trainingMode: ExecutionPlan.Mode {
        var mode = mode
        mode.stopsBeforeSigmoid = loss.isBinary
        mode.keepsGradients = regularization.clipNorm != nil
        return mode
    }

    /// Where a step's gradients come from.
    private enum GradientSource {
        /// The backward pass of a plan that has run forward, given the loss's gradient and the inputs.
        case plan(ExecutionPlan, Tensor, Tensor)
        /// They are there.
        case head(HeadGradients)
    }

    /// Updates every trained array, and the average of them, where one is kept.
    /// - Returns: how long that took, without the backward pass.
    private mutating func descend(
        _ source: GradientSource, _ learningRate: Double, _ momentum: Double?
    ) throws -> Duration {
        let updating = try update(by: source, Float(learningRate), momentum)
        let updated = ContinuousClock.now
        finishDescent()
        return updating + (.now - updated)
    }

    /// Updates every trained array: by the gradients of several batches, or by those of the backward pass,
    /// which is then run.
    /// - Returns: how long the optimizer took.
    private mutating func update(
        by source: GradientSource, _ learningRate: Float, _ momentum: Double?
    ) throws -> Duration {
        // Out of the trainer for a while, since its arrays are updated while the optimizer changes.
        var optimizer = Optimizer(optimizer.settings)
        swap(&optimizer, &self.optimizer)
        defer { swap(&optimizer, &self.optimizer) }
        optimizer.beginStep(momentum: momentum)
        let (specs, regularization, factors) = (specs, regularization, learningRateFactors)
        let (penalties, step) = (penalties, stepCount)
        let maxNorm = averagesEveryStep ? nil : maxNorm
        var updating = Duration.zero
        func update(_ key: ParameterKey, _ tensor: inout Tensor, _ gradient: Span<Float>) {
            let began = ContinuousClock.now
            defer { updating += .now - began }
            optimizer.update(
                &tensor, key: key, role: specs[key]!.role, gradient: gradient,
                learningRate: learningRate * (factors[key.layer] ?? 1))
            maxNorm?.constrain(&tensor, key)
        }
        if !accumulated.isEmpty {
            var gradients = AccumulatedGradients()
            swap(&gradients, &accumulated)
            gradients.finish()
            try apply(&gradients, learningRate: learningRate, update)
            return updating
        }
        switch source {
        case .head(var gradients): try apply(&gradients, learningRate: learningRate, update)
        case .plan(var plan, let gradient, let inputs) where plan.mode.keepsGradients:
            try plan.backward(gradient, input: inputs, parameters)
            try apply(&plan, learningRate: learningRate, update)
        case .plan(let plan, let gradient, let inputs):
            try plan.backward(gradient, input: inputs, updating: &parameters) { key, tensor, gradient in
                guard gradient.span.isFinite else { throw notFinite(key, step, learningRate) }
                penalties[key]?.addGradient(of: tensor, to: &gradient)
                regularization.clipValue(&gradient)
                update(key, &tensor, gradient.span)
            }
        }
        return updating
    }

    /// Updates arrays by gradients that are all there.
    /// - Throws: ``TrainingError/gradientNotFinite(array:step:learningRate:)``
    private mutating func apply(
        _ gradients: inout some GradientStore,
        learningRate: Float, _ update: (ParameterKey, inout Tensor, Span<Float>) -> Void
    ) throws {
        // The backward pass comes to the last arrays first.
        for key in gradients.gradientKeys.reversed() {
            guard gradients.withGradient(of: key, { $0.isFinite }) != false else {
                throw notFinite(key, stepCount, learningRate)
            }
        }
        for key in gradients.gradientKeys {
            _ = gradients.withMutableGradient(of: key) {
                penalties[key]?.addGradient(of: parameters[key]!, to: &$0)
                regularization.clipValue(&$0)
            }
        }
        regularization.clipNorm(&gradients)
        for key in gradients.gradientKeys {
            _ = gradients.withGradient(of: key) { gradient in
                parameters.update(key) { tensor in update(key, &tensor, gradient) }
            }
        }
    }
}

extension Trainer {
    /// Takes one step with samples that are of one class each.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`, preprocessed.
    ///   - labels: N class numbers.
    /// - Throws: as ``step(_:_:learningRate:momentum:isPartial:)-(_,Targets,_,_,_)``.
    public mutating func step(
        _ inputs: Tensor, _ labels: [Int], learningRate: Double, momentum: Double? = nil,
        isPartial: Bool = false
    ) throws -> StepResult {
        try step(
            inputs, Targets.classes(labels), learningRate: learningRate, momentum: momentum,
            isPartial: isPartial)
    }
}

/// The error of a gradient that is not finite, in a step counted from 0.
private func notFinite(_ key: ParameterKey, _ step: Int, _ learningRate: Float) -> TrainingError {
    .gradientNotFinite(array: "\(key)", step: step + 1, learningRate: Double(learningRate))
}

// MARK: Averages

extension Trainer {
    /// The arrays that are judged: the moving average, where one is kept, otherwise those that are trained.
    public var judgedParameters: Parameters {
        guard case .exponential = regularization.averaging, let average else { return parameters }
        var averaged = parameters
        averaged.merge(average.arrays)
        return averaged
    }

    /// What the kernels that are judged add to the loss.
    var judgedPenalty: Double { penalty(of: judgedParameters) }

    private var averagesEveryStep: Bool {
        if case .exponential = regularization.averaging { true } else { false }
    }

    /// Constrains the kernels after they went into the average: Keras averages what the optimizer gave.
    private mutating func shortenFilters() {
        guard let maxNorm else { return }
        for (key, spec) in network.parameters
        where spec.role == .kernel && trainableLayers.contains(key.layer) {
            parameters.update(key) { maxNorm.constrain(&$0, key) }
        }
    }

    /// Adds the arrays as they are to the mean of those before.
    mutating func addToMean() { addToAverage(share: 1 / Float((average?.count ?? 0) + 1)) }

    private mutating func addToAverage(share: Float) {
        let keys = network.parameters.filter { $0.spec.isTrainable && trainableLayers.contains($0.key.layer) }
        var average = average.take() ?? WeightAverage()
        average.add(parameters, keys.map(\.key), share: share)
        self.average = average
    }

    /// Goes on with the average, if there is one.
    /// - Returns: whether there was one.
    mutating func adoptAverage() -> Bool {
        guard let average = average.take() else { return false }
        parameters.merge(average.arrays)
        return true
    }

    /// Whether batch normalizations move their running statistics in training.
    var movesStatistics: Bool {
        network.nodes.contains {
            $0.layer is BatchNormalization && mode.batchStatisticsLayers.contains($0.name)
        }
    }

    /// Takes a batch into account in running statistics that are estimated anew, as the mean over all batches.
    /// - Parameter batch: its number, counted from 0.
    mutating func estimateStatistics(_ inputs: Tensor, batch: Int) throws {
        let plan = try plan(batchSize: inputs.shape[0])
        _ = try plan.forward(inputs, parameters, seed: noiseSeed(step: stepCount + batch))
        plan.updateStatistics(of: &parameters, momentum: Float(batch) / Float(batch + 1))
    }

    private func noiseSeed(step: Int) -> UInt64 { seed &+ UInt64(step) &* 0x9E37_79B9_7F4A_7C15 }
}
