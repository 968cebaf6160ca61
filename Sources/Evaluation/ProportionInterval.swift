/// Where a proportion lies with 95 % confidence: Wilson's score interval, statsmodels'
/// `proportion_confint(method="wilson")`.
///
/// Wilson, "Probable inference, the law of succession, and statistical inference", JASA, 1927.
public struct ProportionInterval: Sendable, Equatable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double

    /// The interval of a count out of so many; all that is possible, where nothing was counted.
    public init(count: Int, of total: Int) {
        guard total > 0 else {
            (lower, upper) = (0, 1)
            return
        }
        // The 97.5 % quantile of the normal distribution.
        let z = 1.959963984540054
        let (n, share) = (Double(total), Double(count) / Double(total))
        let center = (share + z * z / (2 * n)) / (1 + z * z / n)
        let width = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        lower = max(0, center - width)
        upper = min(1, center + width)
    }
}
