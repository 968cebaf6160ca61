import Experiments
import Foundation

/// Weights & Biases' names of distributions.
private enum DistributionName: String, CaseIterable {
    case constant, categorical, uniform, normal
    case weightedCategorical = "categorical_w_probabilities"
    case intUniform = "int_uniform"
    case qUniform = "q_uniform"
    case logUniform = "log_uniform"
    case logUniformValues = "log_uniform_values"
    case qLogUniform = "q_log_uniform"
    case qLogUniformValues = "q_log_uniform_values"
    case invLogUniform = "inv_log_uniform"
    case invLogUniformValues = "inv_log_uniform_values"
    case qNormal = "q_normal"
    case logNormal = "log_normal"
    case qLogNormal = "q_log_normal"

    var isRounded: Bool { rawValue.hasPrefix("q_") }
    var isNumeric: Bool { ![.constant, .categorical, .weightedCategorical].contains(self) }
    var isNormal: Bool { rawValue.hasSuffix("normal") }
    /// Whether `min` and `max` are the numbers themselves, and not their logarithms.
    var namesValues: Bool { rawValue.hasSuffix("_values") }

    var scale: NumericDistribution.Scale {
        if rawValue.hasPrefix("inv_log") { return .inverseLogarithmic }
        return rawValue.contains("log_") ? .logarithmic : .linear
    }
}

extension Parameter.Domain {
    /// What a parameter can be, from its mapping's keys.
    init(reading section: inout Section) {
        let name = section.optional("distribution", as: Field<DistributionName>.choice)
        // Null is a value, too: it takes away what the experiment has.
        let value = section.written("value")
        let values = section["values"]
        let (low, high) = (section["min"], section["max"])
        let given = [value.map { _ in "value" }, values.map { _ in "values" }, low.map { _ in "min" }]
            .compactMap(\.self)
        if given.count > 1 {
            section.reportContradiction(
                "expected only one of \(given.map { "'\($0)'" }.joined(separator: " and "))")
        }
        if let name, name.isNumeric, let surplus = value ?? values {
            surplus.reportContradiction("\(name.rawValue) has no list of values; leave 'distribution' out")
        }
        if let name, name.isNormal, let surplus = low ?? high {
            surplus.reportContradiction(
                "\(name.rawValue) has no ends, but a mean 'mu' and a deviation 'sigma'")
        }
        self.init(
            reading: &section,
            as: name
                ?? Self.usualName(value, values, low ?? high, isWhole: [low, high].allSatisfy { $0.isWhole }))
    }

    private static func usualName(
        _ value: Cursor?, _ values: Cursor?, _ end: Cursor?, isWhole: Bool
    ) -> DistributionName? {
        if value != nil { return .constant }
        if values != nil { return .categorical }
        return end == nil ? nil : isWhole ? .intUniform : .uniform
    }

    private init(reading section: inout Section, as name: DistributionName?) {
        switch name {
        case nil:
            section.reportContradiction("expected 'value', 'values', 'min' and 'max', or 'distribution'")
            self = .categorical([.plain(0)], probabilities: [1])
        case .constant:
            let value = section.written("value")?.node ?? section.required("value", as: .anything)
            self = .categorical([value], probabilities: [1])
        case .categorical: self = Self.categorical(reading: &section)
        case .weightedCategorical:
            if section["probabilities"] == nil {
                section.reportContradiction("expected 'probabilities', one for each of 'values'")
            }
            self = Self.categorical(reading: &section)
        case .intUniform:
            let low = section.required("min", as: Field<Int>.whole(-1_000_000_000...1_000_000_000))
            let high = section.required("max", as: Field<Int>.whole(-1_000_000_000...1_000_000_000))
            if low > high { section["max"]?.reportContradiction("expected at least 'min', \(low)") }
            self = .numeric(.integers(low, max(low, high)))
        case .some(let name):
            let base = name.isNormal ? Self.normal(&section) : Self.uniform(&section, name)
            let step: Double? =
                name.isRounded ? section.optional("q", as: .number(.positive), default: 1) : nil
            self = .numeric(NumericDistribution(base: base, scale: name.scale, step: step))
        }
    }

    private static func categorical(reading section: inout Section) -> Self {
        let field = Field<[YAMLNode]>.list(of: .anything, "a list of at least one value", atLeast: 1)
        let values = section.required("values", as: field)
        let count = values.count
        let weights = section.optional(
            "probabilities",
            as: Field<[Double]>.list(of: .number(.share), "a list of probabilities").checked { weights in
                guard weights.count == count else {
                    return "expected \(count) probabilities, one for each value, found \(weights.count)"
                }
                let sum = weights.reduce(0, +)
                return abs(sum - 1) < 1e-6 ? nil : "expected probabilities that add up to 1, found \(sum)"
            })
        return .categorical(
            values, probabilities: weights ?? Array(repeating: 1 / Double(max(count, 1)), count: count))
    }

    private static func normal(_ section: inout Section) -> NumericDistribution.Base {
        .normal(
            mean: section.optional("mu", as: .number(.any), default: 0),
            deviation: section.optional("sigma", as: .number(.positive), default: 1))
    }

    private static func uniform(
        _ section: inout Section, _ name: DistributionName
    ) -> NumericDistribution.Base {
        let field = Field<Double>.number(name.namesValues ? .positive : .any)
        let low = section.required("min", as: field)
        let high = section.required("max", as: field)
        if low >= high, let end = section["max"], section["min"] != nil {
            end.reportContradiction("expected more than 'min', \(low)")
        }
        guard name.namesValues else { return .uniform(low, max(low, high)) }
        let ends = [log(low), log(max(low, high))]
        return name.scale == .inverseLogarithmic ? .uniform(-ends[1], -ends[0]) : .uniform(ends[0], ends[1])
    }
}

extension Cursor? {
    /// Whether a whole number is written there.
    fileprivate var isWhole: Bool { self?.node.scalar?.isInteger ?? false }
}

extension Field<YAMLNode> {
    /// Any value; whether the experiment takes it shows when one is made with it.
    fileprivate static var anything: Field { Field("a value", placeholder: .plain(0)) { $0.node } }
}

extension Interval {
    /// Any number.
    static var any: Interval { Interval(words: "a number", example: 0) { _ in true } }
}
