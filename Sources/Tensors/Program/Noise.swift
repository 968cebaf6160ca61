/// Random numbers that a program draws anew in every run.
package enum Noise: Hashable, Sendable {
    /// 0 with a probability of `rate`, else 1 / (1 - rate).
    case dropout(rate: Float)
    /// Normally distributed.
    case normal(mean: Float, deviation: Float)

    /// Draws the next.
    package func draw(_ random: inout SeededRandom) -> Float {
        switch self {
        case .dropout(let rate): random.uniform() < rate ? 0 : 1 / (1 - rate)
        case .normal(let mean, let deviation): mean + deviation * random.normal()
        }
    }
}
