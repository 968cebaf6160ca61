import Foundation

/// Places numbers on a stretch of the page.
struct LinearScale {
    /// The least and the greatest number.
    var domain: ClosedRange<Double>
    /// Where the least one comes to lie, in pixels.
    var start: Double
    /// Where the greatest one comes to lie.
    var end: Double

    /// Where a number comes to lie.
    func callAsFunction(_ value: Double) -> Double {
        start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
    }
}

/// The round numbers along an axis, with their labels.
struct Ticks {
    let values: [Double]
    let labels: [String]

    /// Multiples of 1, 2 or 5 times a power of ten.
    /// - Parameters:
    ///   - domain: what they have to lie in.
    ///   - count: how many there should be, about.
    ///   - integers: whether only whole numbers make sense.
    init(in domain: ClosedRange<Double>, count: Int, integers: Bool = false) {
        let step = Self.step(domain.upperBound - domain.lowerBound, count: count, integers: integers)
        let first = (domain.lowerBound / step - 1e-9).rounded(.up)
        let last = (domain.upperBound / step + 1e-9).rounded(.down)
        let values = first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
        let decimals = max(0, -Int(log10(step * 1.0001).rounded(.down)))
        let isExtreme = decimals > 5 || step >= 1e6
        self.values = values
        labels = values.map { isExtreme ? String(format: "%.3g", $0) : $0.fixed(decimals) }
    }

    /// Given numbers with their labels.
    init(values: [Double], labels: [String]) {
        self.values = values
        self.labels = labels
    }

    /// Widens a domain so that it ends at ticks.
    static func rounded(_ domain: ClosedRange<Double>, count: Int) -> ClosedRange<Double> {
        var domain = domain
        // A wider domain may call for a wider step, but hardly ever twice.
        for _ in 0..<3 {
            let step = step(domain.upperBound - domain.lowerBound, count: count, integers: false)
            let low = (domain.lowerBound / step + 1e-9).rounded(.down) * step
            let high = (domain.upperBound / step - 1e-9).rounded(.up) * step
            domain = low...max(high, low + step)
        }
        return domain
    }

    private static func step(_ span: Double, count: Int, integers: Bool) -> Double {
        let raw = max(span, .leastNormalMagnitude * 1e10) / Double(max(count, 1))
        let power = pow(10, log10(raw).rounded(.down))
        let step = power * (raw / power < 1.42 ? 1 : raw / power < 3.17 ? 2 : raw / power < 7.08 ? 5 : 10)
        return integers ? max(step, 1) : step
    }
}

extension Double {
    /// The number with so many decimals, and no minus before a zero.
    func fixed(_ decimals: Int) -> String {
        let text = String(format: "%.\(decimals)f", self)
        return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) })
            ? String(text.dropFirst()) : text
    }
}
