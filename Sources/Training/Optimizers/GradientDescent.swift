import Tensors

/// Keras's `SGD`.
struct GradientDescent: UpdateRule {
    var momentum: Double
    var nesterov: Bool

    var slotCount: Int { momentum == 0 ? 0 : 1 }

    func update(_ tensor: inout Tensor, _ slots: inout [Tensor], gradient: Span<Float>, _ step: UpdateStep) {
        let (rate, decay, nesterov) = (step.rate, step.decay, nesterov)
        guard momentum != 0 else {
            return tensor.update(gradient: gradient) { w, g in w = w - w * decay - rate * g }
        }
        let momentum = Float(step.momentum ?? momentum)
        tensor.update(&slots[0], gradient: gradient) { w, velocity, g in
            velocity = momentum * velocity - rate * g
            w = w - w * decay + (nesterov ? momentum * velocity - rate * g : velocity)
        }
    }
}
