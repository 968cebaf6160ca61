import Foundation

extension SeededRandom {
    /// A number drawn from the beta distribution with both parameters `alpha`, which is symmetric about a half.
    ///
    /// It is `x / (x + y)` with `x` and `y` of the gamma distribution, taken by their logarithms: for a small
    /// `alpha`, both may be too small for a Double.
    public mutating func beta(_ alpha: Double) -> Double {
        let (x, y) = (logarithmOfGamma(alpha), logarithmOfGamma(alpha))
        return 1 / (1 + exp(y - x))
    }

    /// The logarithm of a number drawn from the gamma distribution with scale 1.
    ///
    /// Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS, 2000.
    private mutating func logarithmOfGamma(_ shape: Double) -> Double {
        guard shape >= 1 else { return logarithmOfGamma(shape + 1) + log(open()) / shape }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = Double(normal())
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            if v > 0, log(open()) < 0.5 * x * x + d - d * v + d * log(v) { return log(d * v) }
        }
    }

    /// A number drawn uniformly from `(0, 1)`.
    private mutating func open() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }
}
