import Datasets
import Evaluation
import Layers
import Tensors

extension Trainer {
    /// Takes one step.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`, preprocessed.
    ///   - targets: what the N samples are.
    ///   - momentum: the momentum of this step, where the schedule moves it.
    ///   - isPartial: whether the batch makes a step together with those that follow: its gradients are kept,
    ///     and the arrays follow the mean of all, over their samples, with the first that is not partial.
    /// - Throws: ``TrainingError`` where the loss is not finite or targets are not of the network's classes,
    ///   ``LayerError``.
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

    func check(_ targets: Targets) throws(TrainingError) {
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

    /// What the noise of dropout and its like is drawn from in a step.
    func noiseSeed(step: Int) -> UInt64 { seed &+ UInt64(step) &* 0x9E37_79B9_7F4A_7C15 }
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
