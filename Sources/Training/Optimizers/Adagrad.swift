import Tensors

/// Keras's `Adagrad`.
struct Adagrad: UpdateRule {
    var initialAccumulator: Double
    var epsilon: Double

    var slotCount: Int { 1 }
    var initialSlot: Float { Float(initialAccumulator) }

    func update(_ tensor: inout Tensor, _ slots: inout [Tensor], gradient: Span<Float>, _ step: UpdateStep) {
        let (rate, decay, epsilon) = (step.rate, step.decay, Float(epsilon))
        tensor.update(&slots[0], gradient: gradient) { w, sum, g in
            sum += g * g
            w = w - w * decay - rate * g / (sum + epsilon).squareRoot()
        }
    }
}
