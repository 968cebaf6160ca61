/// Finds where a smooth function is least, from its gradients alone: Liu and Nocedal, "On the limited memory
/// BFGS method for large scale optimization", Mathematical Programming 45, 1989.
struct LBFGS {
    /// How many steps are remembered; SciPy's default.
    var memory = 10
    /// The search ends when no element of the gradient is greater.
    var tolerance: Double
    /// The search ends after so many steps.
    var maxIterations: Int

    /// Where a search ended.
    struct Minimum {
        let place: [Double]
        /// How many steps were taken.
        let iterations: Int
        /// The greatest element of the gradient.
        let largestGradient: Double
        /// Whether the gradient is within the tolerance.
        let hasConverged: Bool
    }

    /// Goes down from a place.
    func minimum(
        from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> Minimum {
        var place = start
        var (value, gradient) = function(place)
        var steps: [(s: [Double], y: [Double], rho: Double)] = []
        var iterations = 0
        while iterations < maxIterations, Self.largest(gradient) > tolerance {
            let direction = direction(gradient, steps)
            let slope = Self.dot(direction, gradient)
            // The first step is of length 1; later ones are as long as the memory suggests.
            var length = steps.isEmpty ? 1 / max(Self.dot(gradient, gradient).squareRoot(), 1e-300) : 1
            guard slope < 0, var next = step(place, direction, value, slope, &length, function) else { break }
            let s = direction.map { $0 * length }
            let y = zip(next.gradient, gradient).map { $0 - $1 }
            let curvature = Self.dot(s, y)
            if curvature > 1e-300 {
                steps.append((s, y, 1 / curvature))
                if steps.count > memory { steps.removeFirst() }
            }
            swap(&place, &next.place)
            (value, gradient) = (next.value, next.gradient)
            iterations += 1
        }
        let largest = Self.largest(gradient)
        return Minimum(
            place: place, iterations: iterations, largestGradient: largest,
            hasConverged: largest <= tolerance)
    }

    /// Shortens a step until it goes down enough (Armijo's condition).
    private func step(
        _ place: [Double], _ direction: [Double], _ value: Double, _ slope: Double, _ length: inout Double,
        _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> (place: [Double], value: Double, gradient: [Double])? {
        for _ in 0..<40 {
            let candidate = zip(place, direction).map { $0 + length * $1 }
            let (found, gradient) = function(candidate)
            // Near the minimum, the value's own rounding is greater than what is left to be gained.
            let slack = 1e-14 * max(abs(value), 1)
            if found <= value + 1e-4 * length * slope + slack { return (candidate, found, gradient) }
            length *= 0.5
        }
        return nil
    }

    private func direction(
        _ gradient: [Double], _ steps: [(s: [Double], y: [Double], rho: Double)]
    ) -> [Double] {
        var q = gradient.map { -$0 }
        var factors: [Double] = []
        for step in steps.reversed() {
            let factor = step.rho * Self.dot(step.s, q)
            for index in q.indices { q[index] -= factor * step.y[index] }
            factors.append(factor)
        }
        if let last = steps.last {
            let scale = 1 / (last.rho * Self.dot(last.y, last.y))
            for index in q.indices { q[index] *= scale }
        }
        for (step, factor) in zip(steps, factors.reversed()) {
            let rest = factor - step.rho * Self.dot(step.y, q)
            for index in q.indices { q[index] += rest * step.s[index] }
        }
        return q
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += left[index] * right[index] }
        return sum
    }

    private static func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
}
