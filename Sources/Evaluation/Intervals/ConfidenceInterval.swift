/// Where a number that was estimated from samples lies with some confidence.
public struct ConfidenceInterval: Sendable, Equatable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// An interval.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}

extension ConfidenceInterval {
    /// Where a proportion lies with 95 % confidence, of which so many out of so many were counted: Wilson's score
    /// interval, statsmodels' `proportion_confint(method="wilson")`. All that is possible, where nothing was counted.
    ///
    /// Wilson, "Probable inference, the law of succession, and statistical inference", JASA, 1927.
    public init(count: Int, of total: Int) {
        guard total > 0 else {
            self.init(low: 0, high: 1)
            return
        }
        // The 97.5 % quantile of the normal distribution.
        let z = 1.959963984540054
        let (n, share) = (Double(total), Double(count) / Double(total))
        let center = (share + z * z / (2 * n)) / (1 + z * z / n)
        let width = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        self.init(low: max(0, center - width), high: min(1, center + width))
    }
}
