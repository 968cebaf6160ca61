import Layers
import Tensors

extension Trainer {
    /// Where a step's gradients come from.
    enum GradientSource {
        /// The backward pass of a plan that has run forward, given the loss's gradient and the inputs.
        case plan(ExecutionPlan, Tensor, Tensor)
        /// They are there.
        case head(HeadGradients)
    }

    /// Updates every trained array, and the average of them, where one is kept.
    /// - Returns: how long that took, without the backward pass.
    mutating func descend(
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

    private mutating func finishDescent() {
        guard case .exponential(let decay) = regularization.averaging else { return }
        addToAverage(share: Float(1 - decay))
        shortenFilters()
    }
}

/// The error of a gradient that is not finite, in a step counted from 0.
private func notFinite(_ key: ParameterKey, _ step: Int, _ learningRate: Float) -> TrainingError {
    .gradientNotFinite(array: "\(key)", step: step + 1, learningRate: Double(learningRate))
}
