import Foundation
import Tensors

/// How an array is filled that was not imported; Keras's initializers by Keras's names.
public enum Initializer: Hashable, Sendable {
    /// All zero.
    case zeros
    /// All one.
    case ones
    /// Uniform within ±√(6 / (fan in + fan out)): Glorot and Bengio, AISTATS 2010. Keras's default.
    case glorotUniform
    /// Normal with deviation √(2 / fan in), cut at two deviations: He et al., ICCV 2015.
    case heNormal

    /// A new array.
    /// - Parameter shape: a kernel's shape has its inputs in the last dimension but one and its outputs in
    ///   the last; what comes before is the receptive field.
    public func callAsFunction(_ shape: Shape, random: inout SeededRandom) -> Tensor {
        switch self {
        case .zeros: return Tensor(zeros: shape)
        case .ones: return Tensor(repeating: 1, shape: shape)
        case .glorotUniform:
            let fans = Self.fans(of: shape)
            let limit = (6 / Float(fans.in + fans.out)).squareRoot()
            return Self.filled(shape) { random.uniform(in: -limit...limit) }
        case .heNormal:
            // The constant is the deviation of a standard normal cut at ±2, which Keras divides out.
            let deviation = (2 / Float(Self.fans(of: shape).in)).squareRoot() / 0.879_625_66
            return Self.filled(shape) { deviation * Self.truncatedNormal(&random) }
        }
    }

    private static func fans(of shape: Shape) -> (in: Int, out: Int) {
        guard shape.rank >= 2 else { return (shape.elementCount, shape.elementCount) }
        let field = shape.dimensions.dropLast(2).reduce(1, *)
        return (field * shape[-2], field * shape[-1])
    }

    private static func filled(_ shape: Shape, _ draw: () -> Float) -> Tensor {
        Tensor(shape: shape) { elements in
            for index in elements.indices { elements[index] = draw() }
        }
    }

    private static func truncatedNormal(_ random: inout SeededRandom) -> Float {
        while true {
            // Box and Muller; 1 - uniform is never zero, so the logarithm is finite.
            let radius = (-2 * log(1 - random.uniform())).squareRoot()
            let value = radius * cos(2 * .pi * random.uniform())
            if abs(value) <= 2 { return value }
        }
    }
}
