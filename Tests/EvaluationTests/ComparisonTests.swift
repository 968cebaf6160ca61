import Testing

@testable import Evaluation

/// The expected numbers are SciPy's (`binomtest`, its `proportion_ci(method="wilson")`) and NumPy's (`percentile`).
@Suite struct ComparisonTests {
    @Test(arguments: [
        (10, 25, 0.016673847800120715), (3, 3, 1), (0, 1, 1), (700, 820, 0.002260528308299211), (0, 0, 1),
        (12, 1, 0.00341796875),
    ])
    func `McNemar's exact test is SciPy's binomial test`(onlyFirst: Int, onlySecond: Int, expected: Double) {
        let test = McNemarTest(
            first: [Bool](repeating: true, count: onlyFirst + 5)
                + [Bool](repeating: false, count: onlySecond),
            second: [Bool](repeating: false, count: onlyFirst)
                + [Bool](repeating: true, count: 5 + onlySecond))
        #expect(test.onlyFirst == onlyFirst && test.onlySecond == onlySecond)
        #expect(abs(test.pValue - expected) <= 1e-10 * expected)
    }

    @Test(arguments: [
        (0, 10, 0.0, 0.27753279986288926), (5, 10, 0.236593090512564, 0.7634069094874361),
        (2342, 3589, 0.6368157238962602, 0.6679569783090356), (10, 10, 0.7224672001371109, 1.0),
    ])
    func `The interval of a proportion is Wilson's`(count: Int, total: Int, lower: Double, upper: Double) {
        let interval = ConfidenceInterval(count: count, of: total)
        #expect(abs(interval.low - lower) < 1e-12 && abs(interval.high - upper) < 1e-12)
    }

    @Test func `The bootstrap's interval is NumPy's percentiles, and equal seeds draw the same samples`()
        throws
    {
        let interval = try #require(percentileInterval([3, 1, 4, 1.5, 9, 2.6, 5]))
        #expect(abs(interval.low - 1.075) < 1e-12 && abs(interval.high - 8.4) < 1e-12)
        func draws(_ seed: UInt64) -> [Int] {
            Bootstrap(resamples: 20, seed: seed).replicates(samples: 50) { weights in
                weights.enumerated().reduce(0) { $0 + $1.offset * $1.element }
            }
        }
        #expect(draws(1) == draws(1) && draws(1) != draws(2))
    }

    @Test func `Half of the bootstrap's draws lie below the mean, and their spread is the standard error`() {
        let values = Bootstrap(resamples: 4000, seed: 7).replicates(samples: 400) { weights in
            Double(weights[..<100].reduce(0, +)) / 400
        }
        let spread = SampleSpread(values)
        #expect(abs(spread.mean - 0.25) < 0.002)
        let standardError = (0.25 * 0.75 / 400).squareRoot()
        #expect(abs((spread.deviation ?? 0) / standardError - 1) < 0.05)
    }
}
