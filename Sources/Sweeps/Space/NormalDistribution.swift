import Foundation

/// The normal distribution with mean 0 and deviation 1.
enum NormalDistribution {
    /// The share below a number.
    static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }

    /// The density at a number.
    static func density(_ x: Double) -> Double { exp(-0.5 * x * x) / (2 * .pi).squareRoot() }

    /// The number below which a share lies: Acklam's rational approximation, and a step of Halley's method, which
    /// takes it to the last digits.
    static func quantile(_ share: Double) -> Double {
        guard share > 0 else { return -.infinity }
        guard share < 1 else { return .infinity }
        let x = approximateQuantile(share)
        let error = (cumulative(x) - share) / density(x)
        return error.isFinite ? x - error / (1 + x * error / 2) : x
    }

    private static func approximateQuantile(_ share: Double) -> Double {
        let a = [
            -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
            2.506628277459239,
        ]
        let b = [
            -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
        ]
        let c = [
            -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
            4.374664141464968, 2.938163982698783,
        ]
        let d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
        func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
            coefficients.reduce(0) { $0 * x + $1 }
        }
        if share < 0.02425 {
            let q = (-2 * log(share)).squareRoot()
            return polynomial(c, q) / (polynomial(d, q) * q + 1)
        }
        if share > 1 - 0.02425 { return -approximateQuantile(1 - share) }
        let (q, r) = (share - 0.5, (share - 0.5) * (share - 0.5))
        return polynomial(a, r) * q / (polynomial(b, r) * r + 1)
    }
}
