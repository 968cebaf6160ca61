import Foundation
import Tensors

/// Keras's `Adam` and, with a weight decay, `AdamW`.
struct Adam: UpdateRule {
    var beta1: Double
    var beta2: Double
    var epsilon: Double

    var slotCount: Int { 2 }

    func update(_ tensor: inout Tensor, _ slots: inout [Tensor], gradient: Span<Float>, _ step: UpdateStep) {
        let beta1 = step.momentum ?? beta1
        // In single precision, as Keras has it: the difference would show in the first steps.
        let count = Float(step.number)
        let rate =
            step.rate * (1 - pow(Float(beta2), count)).squareRoot() / (1 - pow(Float(beta1), count))
        // But 1 - 0.999 loses half its digits there.
        let (rest1, rest2) = (Float(1 - beta1), Float(1 - beta2))
        let (decay, epsilon) = (step.decay, Float(epsilon))
        var (first, second) = (slots.removeFirst(), slots.removeFirst())
        tensor.update(&first, &second, gradient: gradient) { w, m, v, g in
            m += (g - m) * rest1
            v += (g * g - v) * rest2
            w = w - w * decay - m * rate / (v.squareRoot() + epsilon)
        }
        slots = [first, second]
    }
}
