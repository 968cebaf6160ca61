import Datasets

/// What a number that stands for a range means, and which ranges make sense.
struct VariationKind {
    /// The kind in an error's words.
    let words: String
    /// The least and the greatest number that a range may have.
    let limits: ClosedRange<Double>
    /// The greatest single number that stands for a range.
    var greatest = Double.infinity
    /// The range that a single number stands for.
    let range: (Double) -> ClosedRange<Double>

    /// So much either way.
    static func eitherWay(upTo limit: Double, _ words: String) -> VariationKind {
        VariationKind(words: words, limits: -limit...limit) { -$0...$0 }
    }

    /// Nothing, or up to so much.
    static func upTo(_ limit: Double, _ words: String) -> VariationKind {
        VariationKind(words: words, limits: 0...limit) { 0...$0 }
    }

    /// A factor that differs from 1 by so much at most; of those that cannot be 0, by less than 1.
    static func factor(from least: Double, upTo limit: Double) -> VariationKind {
        VariationKind(
            words: "a factor's distance from 1", limits: least...limit,
            greatest: least > 0 ? 1 - least : .infinity
        ) {
            max(1 - $0, least)...1 + $0
        }
    }
}

extension Field<ClosedRange<Double>> {
    /// A number that stands for a range, or a list of the range's ends.
    static func range(_ kind: VariationKind) -> Field {
        let (low, high) = (kind.limits.lowerBound, kind.limits.upperBound)
        let expected =
            "\(kind.words) of at least 0, or a list of the least and the greatest value, from \(low) to \(high)"
        let number = Field<Double>.number(Interval(words: expected, example: 0) { kind.limits.contains($0) })
        return Field(expected, placeholder: low...low) { cursor in
            guard let elements = cursor.elements else {
                guard let value = number.read(cursor) else { return nil }
                let isPossible = value >= 0 && kind.limits.contains(kind.range(value).upperBound)
                guard value <= kind.greatest else {
                    cursor.reportOutOfRange(
                        expected: expected, hint: "for factors from 1 to \(value), write [1, \(value)]")
                    return nil
                }
                if !isPossible { cursor.reportOutOfRange(expected: expected) }
                return isPossible ? kind.range(value) : nil
            }
            return ends(elements, number, cursor, expected)
        }
    }

    /// A list of a range's ends.
    static func ends(_ limits: ClosedRange<Double>) -> Field {
        let expected =
            "a list of the least and the greatest value, from \(limits.lowerBound) to \(limits.upperBound)"
        let number = Field<Double>.number(Interval(words: expected, example: 0) { limits.contains($0) })
        return Field(expected, placeholder: limits) { cursor in
            guard let elements = cursor.elements else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            return ends(elements, number, cursor, expected)
        }
    }

    private static func ends(
        _ elements: [Cursor], _ number: Field<Double>, _ cursor: Cursor, _ expected: String
    ) -> ClosedRange<Double>? {
        let values = elements.map(number.read)
        guard !values.contains(where: { $0 == nil }) else { return nil }
        let ends = values.compactMap(\.self)
        guard ends.count == 2, ends[0] <= ends[1] else {
            cursor.reportOutOfRange(expected: expected)
            return nil
        }
        return ends[0]...ends[1]
    }
}

extension Field<RandomRange> {
    /// A range, or a mapping with the range and the probability that anything is done.
    static func variation(_ kind: VariationKind) -> Field {
        let range = Field<ClosedRange<Double>>.range(kind)
        let expected = "\(range.expected); or a mapping with range and probability"
        let section = Field.section(expected) { section in
            RandomRange(
                section.required("range", as: range),
                probability: section.optional("probability", as: .number(.share), default: 1))
        }
        return Field(expected, placeholder: section.placeholder()) { cursor in
            cursor.node.entries != nil ? section.read(cursor) : range.read(cursor).map { RandomRange($0) }
        }
    }
}

extension Field<Double> {
    /// A probability, or a flag that stands for one.
    static func chance(ifTrue probability: Double) -> Field {
        let number = Field.number(.share)
        return Field("true, false or a probability from 0 to 1", placeholder: 0) { cursor in
            if cursor.node.scalar?.number(Double.self) != nil { return number.read(cursor) }
            return Field<Bool>.flag.read(cursor).map { $0 ? probability : 0 }
        }
    }
}

extension RandomRange {
    var node: YAMLNode { .section(["range": range.node, "probability": .plain(probability)]) }
}

extension ClosedRange<Double> {
    var node: YAMLNode { .list([.plain(lowerBound), .plain(upperBound)]) }
}
