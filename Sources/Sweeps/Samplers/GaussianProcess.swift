import Foundation
import Tensors

/// A Gaussian process with Matérn's kernel (ν = 5/2), a length for each feature group, and noise (Rasmussen and
/// Williams, "Gaussian Processes for Machine Learning", 2006, chapters 2, 4 and 5).
struct GaussianProcess {
    private let points: [[Double]]
    private let hyper: Hyperparameters
    private let groups: [Int]
    private let factor: CholeskyFactor
    private let weights: [Double]

    /// The kernel's logarithms: of the lengths, of the signal's variance, of the noise's variance.
    struct Hyperparameters {
        var lengths: [Double]
        var signal: Double
        var noise: Double

        init(groupCount: Int) {
            lengths = Array(repeating: log(0.5), count: groupCount)
            (signal, noise) = (0, log(1e-3))
        }

        fileprivate var all: [Double] {
            get { lengths + [signal, noise] }
            set {
                lengths = Array(newValue.dropLast(2))
                (signal, noise) = (newValue[lengths.count], newValue[lengths.count + 1])
            }
        }

        /// What is believed before anything is seen: a mean and a deviation for each.
        fileprivate var beliefs: [(mean: Double, deviation: Double)] {
            lengths.map { _ in (log(0.5), 1.0) } + [(0, 1), (log(1e-4), 2)]
        }
    }

    /// A process that has seen values at points.
    /// - Parameter groups: for each of a point's features the number of its length.
    /// - Returns: nil where the points cannot be told apart numerically.
    init?(_ points: [[Double]], _ values: [Double], groups: [Int], _ hyper: Hyperparameters) {
        (self.points, self.groups, self.hyper) = (points, groups, hyper)
        let covariance = Self.covariance(points, groups, hyper)
        guard let factor = CholeskyFactor(covariance, size: points.count) else { return nil }
        self.factor = factor
        weights = factor.solution(of: values)
    }

    /// Finds the hyperparameters that make the values likeliest, beliefs included, and sees the values with them.
    static func fitted(_ points: [[Double]], _ values: [Double], groups: [Int]) -> GaussianProcess? {
        var hyper = Hyperparameters(groupCount: (groups.max() ?? -1) + 1)
        var best: (loss: Double, hyper: Hyperparameters)?
        // Adam, on a smooth function of a few variables.
        var (first, second) = (hyper.all.map { _ in 0.0 }, hyper.all.map { _ in 0.0 })
        for step in 1...100 {
            guard let (loss, gradient) = lossAndGradient(points, values, groups, hyper) else { break }
            if loss < best?.loss ?? .infinity { best = (loss, hyper) }
            var all = hyper.all
            for index in all.indices {
                first[index] = 0.9 * first[index] + 0.1 * gradient[index]
                second[index] = 0.99 * second[index] + 0.01 * gradient[index] * gradient[index]
                let mean = first[index] / (1 - pow(0.9, Double(step)))
                let square = second[index] / (1 - pow(0.99, Double(step)))
                all[index] -= 0.1 * mean / (square.squareRoot() + 1e-8)
            }
            all[all.count - 1] = max(all[all.count - 1], log(1e-8))
            hyper.all = all
        }
        return best.flatMap { GaussianProcess(points, values, groups: groups, $0.hyper) }
    }

    /// The same process once it has seen another value.
    func adding(_ point: [Double], _ value: Double, to values: [Double]) -> GaussianProcess? {
        GaussianProcess(points + [point], values + [value], groups: groups, hyper)
    }

    /// What is expected at a point, and how far it may be off.
    func prediction(at point: [Double]) -> (mean: Double, deviation: Double) {
        let cross = points.map { Self.kernel($0, point, groups, hyper).value }
        let mean = zip(cross, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let half = factor.lowerSolution(of: cross)
        let variance = exp(hyper.signal) - half.reduce(0) { $0 + $1 * $1 }
        return (mean, max(variance, 1e-12).squareRoot())
    }

    /// The negative logarithm of the values' likelihood and of the beliefs, and its gradient.
    static func lossAndGradient(
        _ points: [[Double]], _ values: [Double], _ groups: [Int], _ hyper: Hyperparameters
    ) -> (Double, [Double])? {
        let count = points.count
        let covariance = covariance(points, groups, hyper)
        guard let factor = CholeskyFactor(covariance, size: count) else { return nil }
        let weights = factor.solution(of: values)
        let fit = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
        var loss = 0.5 * (fit + factor.logDeterminant)
        var gradient = [Double](repeating: 0, count: hyper.lengths.count + 2)
        let inverse = factor.inverse
        for one in 0..<count {
            for other in 0...one {
                let index = one * count + other
                let double = one == other ? 0.5 : 1
                let sensitivity = double * (inverse[index] - weights[one] * weights[other])
                let kernel = kernel(points[one], points[other], groups, hyper)
                gradient[hyper.lengths.count] += sensitivity * kernel.value
                if one == other { gradient[hyper.lengths.count + 1] += sensitivity * exp(hyper.noise) }
                for (group, square) in kernel.squares.enumerated() {
                    gradient[group] += sensitivity * kernel.slope * square
                }
            }
        }
        for (index, (number, belief)) in zip(hyper.all, hyper.beliefs).enumerated() {
            let z = (number - belief.mean) / belief.deviation
            loss += 0.5 * z * z
            gradient[index] += z / belief.deviation
        }
        return (loss, gradient)
    }

    private static func covariance(
        _ points: [[Double]], _ groups: [Int], _ hyper: Hyperparameters
    ) -> [Double] {
        let count = points.count
        var matrix = [Double](repeating: 0, count: count * count)
        for one in 0..<count {
            for other in 0...one {
                let value = kernel(points[one], points[other], groups, hyper).value
                matrix[one * count + other] = value
                matrix[other * count + one] = value
            }
            matrix[one * count + one] += exp(hyper.noise)
        }
        return matrix
    }

    /// The kernel, what a length's logarithm changes in it for a group's square of one, and the groups' squares.
    private static func kernel(
        _ one: [Double], _ other: [Double], _ groups: [Int], _ hyper: Hyperparameters
    ) -> (value: Double, slope: Double, squares: [Double]) {
        var squares = [Double](repeating: 0, count: hyper.lengths.count)
        for index in one.indices {
            let difference = one[index] - other[index]
            if difference != 0 { squares[groups[index]] += difference * difference }
        }
        for group in squares.indices where squares[group] != 0 {
            squares[group] *= exp(-2 * hyper.lengths[group])
        }
        let distance = (5 * squares.reduce(0, +)).squareRoot()
        let decay = exp(hyper.signal - distance)
        return (
            decay * (1 + distance + distance * distance / 3), decay * (1 + distance) * 5 / 3, squares
        )
    }
}
