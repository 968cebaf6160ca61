import Datasets
import Evaluation
import Layers
import Tensors

extension Trainer {
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

    func penalty(of arrays: Parameters) -> Double {
        activePenalties.reduce(0) { sum, active in
            sum + (arrays[active.key].map(active.penalty.loss) ?? 0)
        }
    }

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

    /// The plans of what steps take: of the whole network, or of the second part of ``cut``.
    var stagePlans: PlanCache { partPlans ?? plans }

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
    var trainingMode: ExecutionPlan.Mode {
        var mode = mode
        mode.stopsBeforeSigmoid = loss.isBinary
        mode.keepsGradients = regularization.clipNorm != nil
        return mode
    }
}
