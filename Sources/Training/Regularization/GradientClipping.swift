import Layers
import Tensors

extension Regularization {
    /// Adds the penalties' gradient to that of a kernel, then clips it by value.
    func complete(_ gradient: inout MutableSpan<Float>, of array: Tensor, role: ParameterSpec.Role) {
        if role == .kernel { addGradient(of: array, to: &gradient) }
        guard let clipValue else { return }
        for index in gradient.indices { gradient[index] = min(max(gradient[index], -clipValue), clipValue) }
    }

    /// Clips the gradients that a plan keeps by their common norm (Keras's `global_clipnorm`; Pascanu et al.,
    /// ICML 2013).
    func clipNorm(_ plan: ExecutionPlan) {
        guard let clipNorm else { return }
        let norm = plan.gradientKeys.reduce(0.0) { $0 + squaredNorm(plan, $1) }.squareRoot()
        guard norm > Double(clipNorm) else { return }
        let factor = clipNorm / Float(norm)
        for key in plan.gradientKeys {
            _ = plan.withMutableGradient(of: key) { gradient in
                for index in gradient.indices { gradient[index] *= factor }
            }
        }
    }

    private func squaredNorm(_ plan: ExecutionPlan, _ key: ParameterKey) -> Double {
        plan.withGradient(of: key) { gradient in
            var sum = 0.0
            for index in gradient.indices { sum += Double(gradient[index]) * Double(gradient[index]) }
            return sum
        } ?? 0
    }
}
