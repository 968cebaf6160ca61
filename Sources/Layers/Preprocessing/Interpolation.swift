import Foundation
import Tensors

/// How pixels are worked out between those that are there, by Keras's names.
public enum Interpolation: String, Sendable, CaseIterable {
    /// The pixel that is nearest.
    case nearest
    /// From the four pixels around, by distance.
    case bilinear
    /// By Keys's cubic with a = -0.5.
    case bicubic
    /// By Lanczos's window of three pixels to each side.
    case lanczos3
    /// By Lanczos's window of five pixels to each side.
    case lanczos5
    /// The mean of what a pixel covers.
    case area
    /// By a Gaussian bell of deviation 0.5, cut at 1.5.
    case gaussian
    /// By Mitchell and Netravali's cubic.
    case mitchellcubic
}

extension Interpolation {
    /// What each row, or column, of the new size is a sum of; as TensorFlow works it out.
    /// - Parameter antialias: whether the window grows with the pixels where pictures get smaller.
    func neighbours(from count: Int, to wanted: Int, antialias: Bool) -> [WeightedPixels.Neighbours] {
        switch self {
        case .area: Self.areas(from: count, to: wanted)
        case .bicubic where !antialias: Self.tabulatedCubic(from: count, to: wanted)
        default: window(from: count, to: wanted, antialias: antialias)
        }
    }

    /// `ResizeArea`: pixels count by how much of them is covered.
    private static func areas(from count: Int, to wanted: Int) -> [WeightedPixels.Neighbours] {
        let scale = Float(count) / Float(wanted)
        return (0..<wanted).map { place in
            let (start, end) = (Float(place) * scale, Float(place + 1) * scale)
            let first = min(Int(start), count - 1)
            let last = max(first, min(Int(end.rounded(.up)), count) - 1)
            let weights = (first...last).map { pixel in
                (min(Float(pixel + 1), end) - max(Float(pixel), start)) / scale
            }
            return WeightedPixels.Neighbours(first: first, weights: weights)
        }
    }

    /// `ResizeBicubic`, which looks the cubic up in a table of 1024 steps.
    private static func tabulatedCubic(from count: Int, to wanted: Int) -> [WeightedPixels.Neighbours] {
        let scale = Float(count) / Float(wanted)
        return (0..<wanted).map { place in
            let center = (Float(place) + 0.5) * scale - 0.5
            let pixel = Int(center.rounded(.down))
            let step = ((center - Float(pixel)) * 1024).rounded(.toNearestOrEven) / 1024
            return normalized(
                first: pixel - 1, [1 + step, step, 1 - step, 2 - step].map(cubic), within: count)
        }
    }

    /// `ScaleAndTranslate`: a window around each place, whose weights sum to one.
    private func window(from count: Int, to wanted: Int, antialias: Bool) -> [WeightedPixels.Neighbours] {
        let scale = 1 / (Float(wanted) / Float(count))
        let stretch = antialias ? max(scale, 1) : 1
        return (0..<wanted).map { place in
            let center = (Float(place) + 0.5) * scale
            let first = Int((center - radius * stretch - 0.5).rounded(.up))
            let last = Int((center + radius * stretch - 0.5).rounded(.down))
            let weights = (first...max(first, last)).map { pixel in
                weight(at: abs((Float(pixel) + 0.5 - center) / stretch))
            }
            return Self.normalized(first: first, weights, within: count)
        }
    }

    /// Leaves out what lies beyond the edges, and lets the rest sum to one.
    private static func normalized(
        first: Int, _ weights: [Float], within count: Int
    ) -> WeightedPixels.Neighbours {
        let inside = weights.indices.filter { (0..<count).contains(first + $0) }
        let sum = inside.reduce(0) { $0 + weights[$1] }
        guard let start = inside.first, abs(sum) >= 1000 * .leastNormalMagnitude else {
            return WeightedPixels.Neighbours(first: 0, weights: [])
        }
        return WeightedPixels.Neighbours(first: first + start, weights: inside.map { weights[$0] / sum })
    }

    private var radius: Float {
        switch self {
        case .nearest, .area: 0.5
        case .bilinear: 1
        case .gaussian: 1.5
        case .bicubic, .mitchellcubic: 2
        case .lanczos3: 3
        case .lanczos5: 5
        }
    }

    /// The window at a distance.
    private func weight(at x: Float) -> Float {
        switch self {
        case .nearest, .area: x < 0.5 ? 1 : x == 0.5 ? 0.5 : 0
        case .bilinear: max(1 - x, 0)
        case .bicubic: Self.cubic(x)
        case .gaussian: x < radius ? exp(-2 * x * x) : 0
        case .mitchellcubic: Self.mitchell(x)
        case .lanczos3, .lanczos5: lanczos(x)
        }
    }

    /// Keys, "Cubic convolution interpolation for digital image processing", 1981.
    private static func cubic(_ x: Float) -> Float {
        if x >= 2 { return 0 }
        return x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1
    }

    /// Mitchell and Netravali, "Reconstruction filters in computer graphics", 1988, with B = C = 1/3.
    private static func mitchell(_ x: Float) -> Float {
        if x >= 2 { return 0 }
        return x >= 1
            ? ((-7 / 18 * x + 2) * x - 10 / 3) * x + 16 / 9 : (7 / 6 * x - 2) * x * x + 8 / 9
    }

    /// Duchon, "Lanczos filtering in one and two dimensions", 1979.
    private func lanczos(_ x: Float) -> Float {
        if x > radius { return 0 }
        // Here 0 / 0 is near.
        if x <= 1e-3 { return 1 }
        return radius * sin(.pi * x) * sin(.pi * x / radius) / (.pi * .pi * x * x)
    }
}
