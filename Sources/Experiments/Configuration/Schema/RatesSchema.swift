import Training

/// A stage's learning rate as it is written: one number, or how it differs between layer groups.
struct StageRate {
    /// The last group's rate.
    var base: Double
    var rates: DiscriminativeRates

    var node: YAMLNode {
        switch rates {
        case .equal, .factors: .plain(base)
        case .geometric(let first): .section(["from": .plain(first), "to": .plain(base)])
        case .decay(let factor): .section(["to": .plain(base), "decay": .plain(factor)])
        }
    }
}

extension DiscriminativeRates {
    var factorsNode: YAMLNode? {
        guard case .factors(let factors) = self else { return nil }
        return .sorted(factors.mapValues(YAMLNode.plain))
    }
}

extension Field<StageRate> {
    /// A number, `{from: 1e-5, to: 1e-3}` or `{to: 1e-3, decay: 0.5}`.
    static var learningRate: Field {
        let expected =
            "a number greater than 0, or, where it differs between layer groups, {from: 1e-5, to: 1e-3} or "
            + "{to: 1e-3, decay: 0.5}"
        let number = Field<Double>.number(.positive)
        let mapping = Field.section(expected) { section in
            let base: Double = section.required("to", as: number)
            guard let other = section.exactlyOne(of: ["from", "decay"]), let value = number.read(other) else {
                return StageRate(base: base, rates: .equal)
            }
            return StageRate(
                base: base, rates: other.key == "from" ? .geometric(from: value) : .decay(value))
        }
        return Field(expected, placeholder: StageRate(base: 1, rates: .equal)) { cursor in
            if cursor.node.entries != nil { return mapping.read(cursor) }
            guard cursor.elements == nil else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            return number.read(cursor).map { StageRate(base: $0, rates: .equal) }
        }
    }
}

extension Field<[String: Double]> {
    /// Factors by layer group.
    static var factors: Field {
        let expected = "a mapping of layer groups, or 'backbone', to factors"
        let factor = Field<Double>.number(.positive)
        return Field(expected, placeholder: [:]) { cursor in
            guard let entries = cursor.node.entries, !entries.isEmpty else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            var factors: [String: Double] = [:]
            for entry in entries {
                factors[entry.key] = factor.read(cursor.entry(entry.key, entry.value))
            }
            return factors.count == entries.count ? factors : nil
        }
    }
}
