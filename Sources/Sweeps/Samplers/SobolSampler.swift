import Tensors

/// Sobol's quasi-random sequence: points that fill the space more evenly than random ones.
///
/// The directions are Joe and Kuo's, the points and their order SciPy's `qmc.Sobol`. Scrambled, each dimension goes
/// through a random lower triangular matrix and a random shift (Matoušek, "On the L2-discrepancy for anchored boxes",
/// J. Complexity 14, 1998), which leaves its evenness and takes away the point in the corner.
public struct SobolSampler: Sampler {
    private let seed: UInt64
    private let scrambled: Bool

    /// A sampler.
    public init(seed: UInt64, scrambled: Bool = true) {
        self.seed = seed
        self.scrambled = scrambled
    }

    /// The point of a number, whatever came before.
    /// - Throws: ``SweepError/tooManyParameters(method:limit:found:)``
    public func assignment(
        _ number: Int, in space: SearchSpace, after history: [Observation] = []
    ) throws -> Assignment? {
        try space.assignment(at: point(number, dimensions: space.parameters.count))
    }

    /// A point of the unit cube.
    /// - Throws: ``SweepError/tooManyParameters(method:limit:found:)``
    public func point(_ number: Int, dimensions: Int) throws -> [Double] {
        guard dimensions <= SobolDirections.dimensionLimit else {
            throw SweepError.tooManyParameters(
                method: "sobol", limit: SobolDirections.dimensionLimit, found: dimensions)
        }
        return (0..<dimensions).map { dimension in
            let directions = Self.directions(dimension)
            guard scrambled else { return Double(Self.bits(number, directions)) * 0x1p-30 }
            var random = SeededRandom(seed: seed, stream: dimension)
            let bits = Self.scrambled(directions, &random)
            let shift = UInt32(truncatingIfNeeded: random.next() >> 34)
            // In the middle of its cell, so that no point lies on the border.
            return (Double(Self.bits(number, bits) ^ shift) + 0.5) * 0x1p-30
        }
    }

    private static let bitCount = 30

    /// The bits of a point: its Gray code picks the directions.
    private static func bits(_ number: Int, _ directions: [UInt32]) -> UInt32 {
        let gray = UInt64(number) ^ (UInt64(number) >> 1)
        return directions.indices.reduce(0) { (gray >> UInt64($1)) & 1 == 1 ? $0 ^ directions[$1] : $0 }
    }

    /// The directions of a dimension, as fractions of 30 bits, by the polynomial's recurrence.
    private static func directions(_ dimension: Int) -> [UInt32] {
        guard dimension > 0 else { return (0..<bitCount).map { 1 << UInt32(bitCount - 1 - $0) } }
        let line = SobolDirections.table[dimension - 1]
        let degree = line.initial.count
        var numbers = line.initial
        for index in degree..<bitCount {
            var next = numbers[index - degree]
            for step in 1...degree where line.polynomial >> UInt32(degree - step) & 1 == 1 {
                next ^= numbers[index - step] << UInt32(step)
            }
            numbers.append(next)
        }
        return numbers.prefix(bitCount).enumerated().map { $1 << UInt32(bitCount - 1 - $0) }
    }

    /// The directions times a random lower triangular matrix with ones on its diagonal.
    private static func scrambled(_ directions: [UInt32], _ random: inout SeededRandom) -> [UInt32] {
        let rows = (0..<bitCount).map { row -> UInt32 in
            let above = UInt32(truncatingIfNeeded: random.next()) & ((1 << 30) - 1)
            // The row's own bit is set, and those of lower significance are not.
            let own: UInt32 = 1 << UInt32(bitCount - 1 - row)
            return above & ~(own | (own - 1)) | own
        }
        return directions.map { direction in
            rows.enumerated().reduce(0) { result, row in
                (direction & row.element).nonzeroBitCount.isMultiple(of: 2)
                    ? result : result | 1 << UInt32(bitCount - 1 - row.offset)
            }
        }
    }
}
