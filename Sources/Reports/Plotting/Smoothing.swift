import Foundation

/// Smooths a curve as TensorBoard does: an exponential moving average without the bias towards zero that it would begin
/// with (Kingma and Ba, "Adam", ICLR 2015, section 3).
public struct Smoothing: Sendable, Equatable {
    /// How much of each value is the average before it: 0 changes nothing; less than 1.
    public let weight: Double

    /// A smoothing by a weight in `0..<1`.
    public init(weight: Double) { self.weight = min(max(weight, 0), 1 - 1e-9) }

    /// The smoothing for so many points: an average of about a fortieth of them, and of two or so where there are few;
    /// none for fewer than fifteen.
    public init(points: Int) {
        self.init(weight: points >= 15 ? min(Double(points) / Double(points + 40), 0.999) : 0)
    }

    /// Whether it changes a curve.
    public var isNone: Bool { weight == 0 }

    /// The smoothed values. What is not finite stays, and is passed over, as are constant curves.
    public func callAsFunction(_ values: [Double]) -> [Double] {
        guard !isNone, values.contains(where: { $0 != values[0] }) else { return values }
        var (average, count) = (0.0, 0.0)
        return values.map { value in
            guard value.isFinite else { return value }
            average = average * weight + (1 - weight) * value
            count += 1
            return average / (1 - pow(weight, count))
        }
    }

    /// The weight as a person reads it.
    var text: String {
        let digits = weight < 0.99 ? weight.fixed(2) : weight.fixed(3)
        return digits.hasSuffix("0") ? String(digits.dropLast()) : digits
    }
}
