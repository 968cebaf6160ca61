import Tensors

/// Every trial drawn from the parameters' distributions, whatever came before.
public struct RandomSampler: Sampler {
    private let seed: UInt64

    /// A sampler.
    public init(seed: UInt64) { self.seed = seed }

    /// Drawn from the seed and the trial's number alone.
    public func assignment(
        _ number: Int, in space: SearchSpace, after history: [Observation]
    ) -> Assignment? {
        draw(number, in: space)
    }

    /// The draw of a number.
    func draw(_ number: Int, in space: SearchSpace) -> Assignment {
        var random = SeededRandom(seed: seed, stream: number)
        return space.assignment(at: space.parameters.map { _ in random.unit() })
    }
}

extension SeededRandom {
    /// A number drawn uniformly from `[0, 1)`, with 53 random bits.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
