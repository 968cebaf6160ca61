extension Field where Value: FixedWidthInteger {
    /// A whole number.
    package static func whole(_ range: ClosedRange<Value>) -> Field {
        let expected =
            range.upperBound == .max
            ? "a whole number of at least \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return .scalar(expected, placeholder: range.lowerBound) { scalar in
            if let value = scalar.integer(Value.self) {
                return range.contains(value) ? .value(value) : .outOfRange()
            }
            if scalar.isInteger { return .outOfRange() }
            let isNumberInQuotes = YAMLScalar(text: scalar.text, isQuoted: false).isInteger
            return .wrongType(hint: isNumberInQuotes ? "take the quotes away" : nil)
        }
    }

    /// A whole number without an upper limit.
    package static func whole(atLeast least: Value) -> Field { whole(least...(.max)) }
}

extension Field where Value: BinaryFloatingPoint & LosslessStringConvertible {
    /// A finite number.
    package static func number(_ interval: Interval) -> Field {
        .scalar(interval.words, placeholder: Value(interval.example)) { scalar in
            if let value = scalar.number(Value.self) {
                // A small number may become zero, and a great one infinite, in single precision.
                return value.isFinite && interval.contains(Double(value)) ? .value(value) : .outOfRange()
            }
            let isNumberInQuotes = YAMLScalar(text: scalar.text, isQuoted: false).number() != nil
            return .wrongType(hint: isNumberInQuotes ? "take the quotes away" : nil)
        }
    }
}

/// The numbers that a key may have.
package struct Interval {
    /// The interval in an error's words.
    package let words: String
    /// A number of it.
    package let example: Double
    package let contains: (Double) -> Bool

    /// An interval.
    package init(words: String, example: Double, contains: @escaping (Double) -> Bool) {
        self.words = words
        self.example = example
        self.contains = contains
    }

    /// A share of something that is never the whole.
    package static var fraction: Interval {
        Interval(words: "a number of at least 0 and less than 1", example: 0) { $0 >= 0 && $0 < 1 }
    }

    /// A share of something.
    package static var share: Interval {
        Interval(words: "a number from 0 to 1", example: 0) { $0 >= 0 && $0 <= 1 }
    }

    /// Anything.
    static var any: Interval { Interval(words: "a number", example: 0) { _ in true } }

    /// Anything above zero.
    package static var positive: Interval {
        Interval(words: "a number greater than 0", example: 1) { $0 > 0 }
    }

    /// A factor that makes nothing smaller.
    static var atLeastOne: Interval {
        Interval(words: "a number of at least 1", example: 1) { $0 >= 1 }
    }

    /// Anything but what is below zero.
    package static var notNegative: Interval {
        Interval(words: "a number of at least 0", example: 0) { $0 >= 0 }
    }

    /// Degrees in either direction.
    package static var angle: Interval {
        Interval(words: "a number of degrees from 0 to 180", example: 0) { $0 >= 0 && $0 <= 180 }
    }
}
