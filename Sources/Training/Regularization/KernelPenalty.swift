import Layers
import Tensors

/// What one kernel adds to the loss: `l1 · Σ|w| + l2 · Σw² + pull / 2 · Σ(w − w⁰)²`.
struct KernelPenalty: Sendable {
    var l1: Float
    var l2: Float
    /// How strongly the kernel is pulled to ``anchor``.
    var pull: Float
    /// What the kernel is pulled to; nil for zero.
    var anchor: Tensor?

    /// What a kernel adds to the loss.
    func loss(_ kernel: Tensor) -> Double {
        var (absolute, squares) = (0.0, 0.0)
        if l1 != 0 || l2 != 0 {
            kernel.withElements { weights in
                for index in weights.indices {
                    let weight = Double(weights[index])
                    absolute += abs(weight)
                    squares += weight * weight
                }
            }
        }
        return Double(l1) * absolute + Double(l2) * squares + Double(pull) / 2 * squaredDistance(kernel)
    }

    private func squaredDistance(_ kernel: Tensor) -> Double {
        guard pull != 0 else { return 0 }
        guard let anchor else { return kernel.squaredNorm }
        return kernel.withElements { weights in
            anchor.withElements { anchor in
                var sum = 0.0
                for index in weights.indices {
                    let distance = Double(weights[index]) - Double(anchor[index])
                    sum += distance * distance
                }
                return sum
            }
        }
    }

    /// Adds the penalty's gradient to a kernel's.
    func addGradient(of kernel: Tensor, to gradient: inout MutableSpan<Float>) {
        kernel.withElements { weights in
            if l1 != 0 || l2 != 0 {
                for index in weights.indices {
                    let weight = weights[index]
                    let sign: Float = weight > 0 ? 1 : weight < 0 ? -1 : 0
                    gradient[index] += l1 * sign + 2 * l2 * weight
                }
            }
            guard pull != 0 else { return }
            guard let anchor else {
                for index in weights.indices { gradient[index] += pull * weights[index] }
                return
            }
            anchor.withElements { anchor in
                for index in weights.indices { gradient[index] += pull * (weights[index] - anchor[index]) }
            }
        }
    }
}

extension Regularization {
    /// What the kernels of a network add to the loss; nothing for those that add nothing.
    /// - Parameter pretrained: the arrays that were imported, as they were.
    func penalties(of network: Network, pretrained: Parameters) -> [ParameterKey: KernelPenalty] {
        var penalties: [ParameterKey: KernelPenalty] = [:]
        for node in network.nodes {
            for (key, spec) in zip(node.parameterKeys, node.parameters) where spec.role == .kernel {
                let anchor = l2SP.flatMap { _ in pretrained[key] }
                let pull = l2SP.map { anchor == nil ? $0.beta : $0.alpha } ?? 0
                let penalty = KernelPenalty(
                    l1: l1.value(for: node.group), l2: l2.value(for: node.group), pull: pull, anchor: anchor)
                if penalty.l1 != 0 || penalty.l2 != 0 || pull != 0 { penalties[key] = penalty }
            }
        }
        return penalties
    }
}
