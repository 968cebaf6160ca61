import Tensors

/// How the samples of one batch are mixed.
struct Mixture: Sendable, Equatable {
    /// For each sample, the position of the one that it is mixed with.
    var partners: [Int]
    /// How much of each sample stays.
    var ratio: Double
    /// The part that is the partner's, in CutMix; nil for mixup, where every pixel is mixed.
    var box: Box?

    /// The mixed pictures, `[N, H, W, C]`.
    func apply(to inputs: Tensor) -> Tensor {
        guard let box else { return mixed(inputs) }
        let (width, channels) = (inputs.shape[2], inputs.shape[3])
        let size = inputs.elementCount / inputs.shape[0]
        var result = inputs
        inputs.withElements { source in
            result.withMutableElements { target in
                for (sample, partner) in partners.enumerated() {
                    for row in box.rows {
                        let start = (row * width + box.columns.lowerBound) * channels
                        for index in start..<start + box.columns.count * channels {
                            target[sample * size + index] = source[partner * size + index]
                        }
                    }
                }
            }
        }
        return result
    }

    /// The mixed targets.
    func apply(to targets: Targets, classes: Int) -> Targets {
        let values = mixed(targets.dense(classes: classes))
        return if case .indicators = targets { .indicators(values) } else { .distributions(values) }
    }

    private func mixed(_ values: Tensor) -> Tensor {
        let size = values.elementCount / values.shape[0]
        let (own, others) = (Float(ratio), Float(1 - ratio))
        return values.withElements { source in
            Tensor(shape: values.shape) { target in
                for (sample, partner) in partners.enumerated() {
                    for index in 0..<size {
                        target[sample * size + index] =
                            own * source[sample * size + index] + others * source[partner * size + index]
                    }
                }
            }
        }
    }
}
