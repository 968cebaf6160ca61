import Foundation
import Tensors

/// t-SNE: a map on which samples that are close to one another are close, too; what is far says little.
///
/// Van der Maaten and Hinton, "Visualizing Data using t-SNE", 2008, with scikit-learn's defaults: it begins with the
/// first two principal components, and the learning rate follows from the number of samples. Up to ``exactLimit``
/// samples it is without approximation, beyond by the method of Barnes and Hut. The same samples give the same map, on
/// any number of threads.
public struct TSNE: Sendable, Equatable {
    /// About how many neighbours of each sample count.
    public var perplexity = 30.0
    /// What affinities are multiplied by in the first ``explorationSteps``, so that groups form.
    public var earlyExaggeration = 12.0
    /// How many steps are taken at most.
    public var steps = 1000
    /// The step size; by Belkina et al. (2019), `max(n / exaggeration / 4, 50)`, if nil.
    public var learningRate: Double?
    /// Where samples are all equal along the first component, points begin at random places drawn from this.
    public var seed: UInt64 = 0

    /// How the forces between points are worked out; by ``exactLimit`` if nil.
    public var method: Method?

    /// How the forces between points are worked out.
    public enum Method: Sendable, Equatable {
        /// Between all pairs: time and memory grow with the square of the number of samples.
        case exact
        /// Only neighbours pull, and what is far away pushes as one point: time grows as `n log n` after the
        /// neighbours are found, memory as n; van der Maaten, 2014.
        case barnesHut
    }

    /// Up to how many samples all pairs are looked at.
    public static let exactLimit = 4000
    /// How many of the steps exaggerate.
    public static let explorationSteps = 250
    private static let stepsBetweenChecks = 50
    private static let stepsWithoutProgress = 300

    /// scikit-learn's defaults, but for what is given.
    public init(perplexity: Double = 30, steps: Int = 1000, seed: UInt64 = 0) {
        self.perplexity = perplexity
        self.steps = steps
        self.seed = seed
    }

    /// A map.
    public struct Result: Sendable, Equatable {
        /// The places, `[n, 2]`.
        public let points: Matrix
        /// The Kullback-Leibler divergence that is left.
        public let divergence: Double
        /// How the forces were worked out.
        public let method: Method
        /// How many steps were taken.
        public let steps: Int
    }

    /// The map of samples.
    /// - Parameters:
    ///   - samples: `[n, features]`.
    ///   - observe: hears how many steps of how many are done.
    /// - Throws: ``InsightError/perplexity(_:samples:)`` where it is not below the number of samples, and what
    ///   ``PCA`` throws.
    public func map(
        of samples: Matrix, observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Result {
        guard perplexity > 0, perplexity < Double(samples.rows) else {
            throw InsightError.perplexity(perplexity, samples: samples.rows)
        }
        let start = try begin(samples)
        let method = method(for: samples.rows)
        var descent = Descent(
            forces: try forces(method, of: samples) { try observe(0, steps) }, points: start,
            rate: learningRate ?? max(Double(samples.rows) / earlyExaggeration / 4, 50))
        try descend(
            &descent, until: min(Self.explorationSteps, steps), exaggeration: earlyExaggeration, observe)
        try descend(&descent, until: steps, exaggeration: 1, observe)
        let divergence = descent.divergence(exaggeration: 1)
        return Result(
            points: Matrix(
                rows: samples.rows, columns: 2, (0..<samples.rows).flatMap { [descent.x[$0], descent.y[$0]] }),
            divergence: divergence, method: method, steps: descent.step)
    }

    /// How the forces of so many samples are worked out.
    func method(for count: Int) -> Method { method ?? (count > Self.exactLimit ? .barnesHut : .exact) }

    /// - Parameter observe: called now and then where this takes long.
    private func forces(
        _ method: Method, of samples: Matrix, observe: () throws -> Void
    ) rethrows -> any MapForces {
        switch method {
        case .exact:
            TSNEForces(
                Affinities(
                    distances: SquaredDistances(samples).rows(0..<samples.rows), perplexity: perplexity))
        case .barnesHut:
            BarnesHutForces(
                try NeighbourAffinities(of: samples, perplexity: perplexity) { _ in try observe() })
        }
    }

    /// The first principal components, with a deviation of 1e-4 along the first.
    private func begin(_ samples: Matrix) throws(InsightError) -> (x: [Double], y: [Double]) {
        let n = samples.rows
        let places = try PCA(samples).projected(samples)
        let x = (0..<n).map { places[$0, 0] }
        let deviation = (x.reduce(0) { $0 + $1 * $1 } / Double(n)).squareRoot()
        guard deviation > 0, places.columns == 2 else {
            var random = SeededRandom(seed: seed)
            return (
                (0..<n).map { _ in 1e-4 * Double(random.normal()) },
                (0..<n).map { _ in 1e-4 * Double(random.normal()) }
            )
        }
        return (x.map { $0 / deviation * 1e-4 }, (0..<n).map { places[$0, 1] / deviation * 1e-4 })
    }

    /// Goes on until a step, or until nothing gets better.
    private func descend(
        _ descent: inout Descent, until end: Int, exaggeration: Double, _ observe: (Int, Int) throws -> Void
    ) throws {
        let patience = exaggeration > 1 ? Self.explorationSteps : Self.stepsWithoutProgress
        descent.rest()
        var best = (divergence: Double.infinity, step: descent.step)
        while descent.step < end {
            let norm = descent.advance(exaggeration: exaggeration, momentum: exaggeration > 1 ? 0.5 : 0.8)
            try observe(descent.step, steps)
            guard descent.step.isMultiple(of: Self.stepsBetweenChecks) else { continue }
            let divergence = descent.divergence(exaggeration: exaggeration)
            if divergence < best.divergence {
                best = (divergence, descent.step)
            } else if descent.step - best.step > patience {
                break
            }
            if norm <= 1e-7 { break }
        }
    }
}

/// Gradient descent with momentum, and a gain for each coordinate that grows while it keeps its direction.
private struct Descent {
    let forces: any MapForces
    let rate: Double
    var x: [Double]
    var y: [Double]
    private(set) var step = 0
    private var velocities: [[Double]] = []
    private var gains: [[Double]] = []

    init(forces: any MapForces, points: (x: [Double], y: [Double]), rate: Double) {
        (self.forces, self.rate) = (forces, rate)
        (x, y) = points
        rest()
    }

    /// Forgets where the points were going.
    mutating func rest() {
        velocities = Array(repeating: Array(repeating: 0, count: x.count), count: 2)
        gains = Array(repeating: Array(repeating: 1, count: x.count), count: 2)
    }

    /// Takes a step.
    /// - Returns: the norm of the gradient, gains included.
    mutating func advance(exaggeration: Double, momentum: Double) -> Double {
        let gradient = forces.gradient(
            x.map(Float.init), y.map(Float.init), exaggeration: Float(exaggeration))
        var square = 0.0
        for index in x.indices {
            x[index] += move(0, index, Double(gradient.x[index]), momentum, &square)
            y[index] += move(1, index, Double(gradient.y[index]), momentum, &square)
        }
        step += 1
        return square.squareRoot()
    }

    private mutating func move(
        _ axis: Int, _ index: Int, _ slope: Double, _ momentum: Double, _ square: inout Double
    ) -> Double {
        let turns = velocities[axis][index] * slope < 0
        gains[axis][index] = max(turns ? gains[axis][index] + 0.2 : gains[axis][index] * 0.8, 0.01)
        let scaled = slope * gains[axis][index]
        square += scaled * scaled
        velocities[axis][index] = momentum * velocities[axis][index] - rate * scaled
        return velocities[axis][index]
    }

    func divergence(exaggeration: Double) -> Double {
        forces.divergence(x.map(Float.init), y.map(Float.init), exaggeration: Float(exaggeration))
    }
}
