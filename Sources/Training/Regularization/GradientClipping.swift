import Layers
import Tensors

extension Regularization {
    /// Clips a gradient by value.
    func clipValue(_ gradient: inout MutableSpan<Float>) {
        guard let clipValue else { return }
        for index in gradient.indices { gradient[index] = min(max(gradient[index], -clipValue), clipValue) }
    }

    /// Clips gradients by their common norm (Keras's `global_clipnorm`; Pascanu et al., ICML 2013).
    func clipNorm(_ gradients: inout some GradientStore) {
        guard let clipNorm else { return }
        let squares = gradients.gradientKeys.map { key in
            gradients.withGradient(of: key) { $0.squaredNorm } ?? 0
        }
        let norm = squares.reduce(0, +).squareRoot()
        guard norm > Double(clipNorm) else { return }
        let factor = clipNorm / Float(norm)
        for key in gradients.gradientKeys {
            _ = gradients.withMutableGradient(of: key) { gradient in
                for index in gradient.indices { gradient[index] *= factor }
            }
        }
    }
}
