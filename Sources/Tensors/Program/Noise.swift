/// Random numbers that a program draws anew in every run.
package enum Noise: Hashable, Sendable {
    /// 0 with a probability of `rate`, else 1 / (1 - rate).
    case dropout(rate: Float)
    /// Normally distributed.
    case normal(mean: Float, deviation: Float)

    func draw(_ random: inout SeededRandom) -> Float {
        switch self {
        case .dropout(let rate): random.uniform() < rate ? 0 : 1 / (1 - rate)
        case .normal(let mean, let deviation): mean + deviation * random.normal()
        }
    }

    /// Fills a part of some elements with what a stream of random numbers gives, drawn in their order.
    package func fill(_ elements: inout MutableSpan<Float>, _ range: Range<Int>, seed: UInt64, stream: Int) {
        var random = SeededRandom(seed: seed, stream: stream)
        guard case .dropout(let rate) = self else {
            for index in range { elements[index] = draw(&random) }
            return
        }
        // Of a million draws a step, none should ask again which noise it is.
        let kept = 1 / (1 - rate)
        for index in range { elements[index] = random.uniform() < rate ? 0 : kept }
    }
}
