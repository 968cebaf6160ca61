import Layers
import Tensors

extension Regularization {
    /// Adds the penalties' gradients to the kernels' gradients of a plan.
    func complete(_ plan: ExecutionPlan, keys: [ParameterKey], _ parameters: Parameters) {
        guard l1 != 0 || l2 != 0 else { return }
        for key in keys {
            _ = plan.withMutableGradient(of: key) { addGradient(of: parameters[key]!, to: &$0) }
        }
    }

    /// Clips the gradients of a plan: by value first, then by their common norm (Keras's
    /// `global_clipnorm`; Pascanu et al., ICML 2013).
    func clip(_ plan: ExecutionPlan, keys: [ParameterKey]) {
        if let clipValue {
            for key in keys {
                _ = plan.withMutableGradient(of: key) { gradient in
                    for index in gradient.indices {
                        gradient[index] = min(max(gradient[index], -clipValue), clipValue)
                    }
                }
            }
        }
        guard let clipNorm else { return }
        let norm = keys.reduce(0.0) { $0 + squaredNorm(plan, $1) }.squareRoot()
        guard norm > Double(clipNorm) else { return }
        let factor = clipNorm / Float(norm)
        for key in keys {
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
