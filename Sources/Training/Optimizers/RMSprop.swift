import Tensors

/// Keras's `RMSprop`, without its centred variant.
struct RMSprop: UpdateRule {
    var rho: Double
    var momentum: Double
    var epsilon: Double

    var slotCount: Int { momentum == 0 ? 1 : 2 }

    func update(_ tensor: inout Tensor, _ slots: inout [Tensor], gradient: Span<Float>, _ step: UpdateStep) {
        let (rate, decay) = (step.rate, step.decay)
        let (keep, rest, epsilon) = (Float(rho), Float(1 - rho), Float(epsilon))
        guard momentum != 0 else {
            return tensor.update(&slots[0], gradient: gradient) { w, v, g in
                v = keep * v + rest * g * g
                w = w - w * decay - rate * g / (v + epsilon).squareRoot()
            }
        }
        let momentum = Float(step.momentum ?? momentum)
        var (mean, velocity) = (slots.removeFirst(), slots.removeFirst())
        tensor.update(&mean, &velocity, gradient: gradient) { w, v, m, g in
            v = keep * v + rest * g * g
            m = momentum * m + rate * g / (v + epsilon).squareRoot()
            w = w - w * decay - m
        }
        slots = [mean, velocity]
    }
}
