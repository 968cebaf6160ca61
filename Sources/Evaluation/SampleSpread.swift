/// Where the numbers of a sample lie, and how far apart.
public struct SampleSpread: Sendable, Equatable {
    /// Their mean; 0 where there are none.
    public let mean: Double
    /// Their variance, that of a sample (Bessel's correction); nil for fewer than two numbers.
    public let variance: Double?
    /// Their standard deviation; nil for fewer than two numbers.
    public var deviation: Double? { variance?.squareRoot() }

    /// The spread of some numbers.
    public init(_ values: [Double]) {
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        variance = values.count > 1 ? squares / Double(values.count - 1) : nil
    }
}
