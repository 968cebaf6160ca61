import Tensors

extension FoldedNormalization {
    /// The factor and the term that the normalization is, channel by channel.
    func factorsAndTerms(_ parameters: Parameters) -> (factors: [Float], terms: [Float]) {
        let mean = keys.movingMean.map { parameters[$0]!.elements }
        let variance = keys.movingVariance.map { parameters[$0]!.elements }
        let gamma = keys.gamma.map { parameters[$0]!.elements }
        let beta = keys.beta.map { parameters[$0]!.elements }
        var factors = [Float](repeating: 0, count: channels)
        var terms = factors
        for channel in 0..<channels {
            // In double precision: the product of several roundings would show in deep networks.
            let factor =
                Double(gamma?[channel] ?? 1)
                / (Double(variance?[channel] ?? 1 - epsilon) + Double(epsilon)).squareRoot()
            factors[channel] = Float(factor)
            terms[channel] = Float(Double(beta?[channel] ?? 0) - Double(mean?[channel] ?? 0) * factor)
        }
        return (factors, terms)
    }

    /// The kernel with every output channel multiplied by its factor. Keras's kernels have the output
    /// channels innermost, depthwise ones included; but for transposed ones.
    /// - Parameter run: how many neighbouring elements belong to one output channel.
    static func scaled(_ kernel: Tensor, by factors: [Float], run: Int) -> Tensor {
        var result = kernel
        result.withMutableElements { elements in
            var first = 0
            while first < elements.count {
                for factor in factors {
                    for index in first..<first + run { elements[index] *= factor }
                    first += run
                }
            }
        }
        return result
    }
}
