import Foundation
import Tensors

/// Keras's `Lamb`: Adam's direction, as long as the array itself.
///
/// Unlike in the paper, weight decay is not part of the direction but shrinks the array before, as with every
/// optimizer of Keras; and arrays of length 0 are moved by Adam's step.
struct Lamb: UpdateRule {
    var beta1: Double
    var beta2: Double
    var epsilon: Double

    var slotCount: Int { 2 }

    func update(_ tensor: inout Tensor, _ slots: inout [Tensor], gradient: Span<Float>, _ step: UpdateStep) {
        let beta1 = step.momentum ?? beta1
        let (count, decay) = (Float(step.number), step.decay)
        let (rest1, rest2) = (Float(1 - beta1), Float(1 - beta2))
        let (bias1, bias2) = (1 - pow(Float(beta1), count), 1 - pow(Float(beta2), count))
        var (first, second) = (slots.removeFirst(), slots.removeFirst())
        tensor.update(&first, &second, gradient: gradient) { w, m, v, g in
            m += (g - m) * rest1
            v += (g * g - v) * rest2
            w -= w * decay
        }
        let direction = direction(first, second, bias1, bias2)
        let (length, directionLength) = (tensor.norm, direction.norm)
        let ratio = length > 0 && directionLength > 0 ? Float(length / directionLength) : 1
        let rate = ratio * step.rate
        direction.withElements { tensor.update(gradient: $0) { w, d in w -= rate * d } }
        slots = [first, second]
    }

    private func direction(_ first: Tensor, _ second: Tensor, _ bias1: Float, _ bias2: Float) -> Tensor {
        let epsilon = Float(epsilon)
        var direction = second
        first.withElements {
            direction.update(gradient: $0) { d, m in d = m / bias1 / ((d / bias2).squareRoot() + epsilon) }
        }
        return direction
    }
}
