import Tensors

/// A number that is drawn anew for every picture and epoch: how a step varies.
public struct RandomRange: Sendable, Equatable {
    /// What is drawn from, uniformly.
    public var range: ClosedRange<Double>
    /// How probable it is that the step is taken at all.
    public var probability: Double

    /// A range.
    public init(_ range: ClosedRange<Double>, probability: Double = 1) {
        self.range = range
        self.probability = probability
    }

    /// A number of the range; nil where the step is not taken.
    func draw(using random: inout SeededRandom) -> Double? {
        random.happens(probability) ? random.uniform(in: range) : nil
    }
}

extension SeededRandom {
    /// Whether something of a given probability happens; nothing is drawn where that is certain.
    mutating func happens(_ probability: Double) -> Bool {
        probability >= 1 || Double(uniform()) < probability
    }

    /// A number drawn uniformly from a range.
    mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(uniform())
    }
}
