import Tensors

extension FoldedNormalization {
    /// The factor and the term that the normalization is, channel by channel.
    func factorsAndTerms(_ parameters: Parameters, channels: Int) -> (factors: [Float], terms: [Float]) {
        let mean = parameters[keys.movingMean]!.elements
        let variance = parameters[keys.movingVariance]!.elements
        let gamma = keys.gamma.map { parameters[$0]!.elements }
        let beta = keys.beta.map { parameters[$0]!.elements }
        var factors = [Float](repeating: 0, count: channels)
        var terms = factors
        for channel in 0..<channels {
            // In double precision: the product of several roundings would show in deep networks.
            let factor =
                Double(gamma?[channel] ?? 1)
                / (Double(variance[channel]) + Double(epsilon)).squareRoot()
            factors[channel] = Float(factor)
            terms[channel] = Float(Double(beta?[channel] ?? 0) - Double(mean[channel]) * factor)
        }
        return (factors, terms)
    }

    /// The kernel with every output channel multiplied by its factor. Keras's kernels have the output
    /// channels innermost, depthwise ones included.
    static func scaled(_ kernel: Tensor, by factors: [Float]) -> Tensor {
        var result = kernel
        let channels = factors.count
        result.withMutableElements { elements in
            for row in 0..<(elements.count / channels) {
                for channel in 0..<channels { elements[row * channels + channel] *= factors[channel] }
            }
        }
        return result
    }
}
