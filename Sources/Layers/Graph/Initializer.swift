import Foundation
import Tensors

/// How an array is filled that was not imported; Keras's initializers by Keras's names.
public enum Initializer: Hashable, Sendable {
    /// One number everywhere.
    case constant(Float)
    /// Uniform within a range.
    case randomUniform(low: Float, high: Float)
    /// Normal.
    case randomNormal(mean: Float, deviation: Float)
    /// Normal, cut at two deviations.
    case truncatedNormal(mean: Float, deviation: Float)
    /// As wide as the number of connections asks for: with variance `scale / fan`.
    case varianceScaling(scale: Float, mode: FanMode, distribution: Distribution)

    /// Which connections are counted.
    public enum FanMode: String, Hashable, Sendable {
        /// The inputs of an output.
        case fanIn = "fan_in"
        /// The outputs of an input.
        case fanOut = "fan_out"
        /// The mean of both.
        case fanAverage = "fan_avg"
    }

    /// What is drawn from.
    public enum Distribution: String, Hashable, Sendable {
        /// Uniform.
        case uniform
        /// Normal, cut at two deviations.
        case truncatedNormal = "truncated_normal"
        /// Normal.
        case untruncatedNormal = "untruncated_normal"
    }

    /// All zero.
    public static let zeros = constant(0)
    /// All one.
    public static let ones = constant(1)
    /// Uniform within ±√(6 / (fan in + fan out)): Glorot and Bengio, AISTATS 2010. Keras's default.
    public static let glorotUniform = varianceScaling(scale: 1, mode: .fanAverage, distribution: .uniform)
    /// Normal with variance 2 / (fan in + fan out): Glorot and Bengio, AISTATS 2010.
    public static let glorotNormal = varianceScaling(
        scale: 1, mode: .fanAverage, distribution: .truncatedNormal)
    /// Uniform within ±√(6 / fan in): He et al., ICCV 2015.
    public static let heUniform = varianceScaling(scale: 2, mode: .fanIn, distribution: .uniform)
    /// Normal with variance 2 / fan in: He et al., ICCV 2015.
    public static let heNormal = varianceScaling(scale: 2, mode: .fanIn, distribution: .truncatedNormal)
    /// Uniform within ±√(3 / fan in): LeCun et al., "Efficient backprop", 1998.
    public static let lecunUniform = varianceScaling(scale: 1, mode: .fanIn, distribution: .uniform)
    /// Normal with variance 1 / fan in: LeCun et al., "Efficient backprop", 1998.
    public static let lecunNormal = varianceScaling(scale: 1, mode: .fanIn, distribution: .truncatedNormal)

    /// A new array.
    /// - Parameter shape: a kernel's shape has its inputs in the last dimension but one and its outputs in
    ///   the last; what comes before is the receptive field.
    public func callAsFunction(_ shape: Shape, random: inout SeededRandom) -> Tensor {
        switch self {
        case .constant(let value): return Tensor(repeating: value, shape: shape)
        case .randomUniform(let low, let high):
            return Self.filled(shape) { random.uniform(in: min(low, high)...max(low, high)) }
        case .randomNormal(let mean, let deviation):
            return Self.filled(shape) { mean + deviation * random.normal() }
        case .truncatedNormal(let mean, let deviation):
            return Self.filled(shape) { mean + deviation * Self.truncatedNormal(&random) }
        case .varianceScaling(let scale, let mode, let distribution):
            let variance = scale / max(1, Self.fan(of: shape, mode))
            return distribution.scaled(to: variance)(shape, random: &random)
        }
    }

    private static func fan(of shape: Shape, _ mode: FanMode) -> Float {
        let fans = fans(of: shape)
        return switch mode {
        case .fanIn: Float(fans.in)
        case .fanOut: Float(fans.out)
        case .fanAverage: Float(fans.in + fans.out) / 2
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
            let value = random.normal()
            if abs(value) <= 2 { return value }
        }
    }
}

extension Initializer.Distribution {
    /// The distribution around zero of a variance.
    fileprivate func scaled(to variance: Float) -> Initializer {
        switch self {
        case .uniform:
            let limit = (3 * variance).squareRoot()
            return .randomUniform(low: -limit, high: limit)
        case .truncatedNormal:
            // The constant is the deviation of a standard normal cut at ±2, which Keras divides out.
            return .truncatedNormal(mean: 0, deviation: variance.squareRoot() / 0.879_625_66)
        case .untruncatedNormal: return .randomNormal(mean: 0, deviation: variance.squareRoot())
        }
    }
}
