import Experiments
import Foundation

/// A setting of the experiment that a sweep varies.
public struct Parameter: Sendable, Equatable {
    /// What it can be.
    package enum Domain: Sendable, Equatable {
        /// One of several values, each with its probability.
        case categorical([YAMLNode], probabilities: [Double])
        /// A number.
        case numeric(NumericDistribution)
    }

    /// What another parameter must be for this one to be there at all.
    public struct Condition: Sendable, Equatable {
        /// The other parameter.
        public var path: String
        /// Its numbers, as an ``Assignment`` has them, that this parameter needs.
        public var numbers: [Double]
    }

    /// Where the experiment has it: `training.stages.0.learning_rate`.
    public let path: String
    package let domain: Domain
    /// Where it is given, for errors.
    package let place: ConfigurationPlace
    /// When it is there; nil for always.
    public let condition: Condition?

    package init(
        path: String, domain: Domain, place: ConfigurationPlace = .written, condition: Condition? = nil
    ) {
        self.path = path
        self.domain = domain
        self.place = place
        self.condition = condition
    }

    /// How many values it has; nil where they cannot be counted.
    public var valueCount: Int? { numbers?.count }

    /// Its numbers in the order of the configuration; nil where they cannot be counted.
    var numbers: [Double]? {
        switch domain {
        case .categorical(let values, _): values.indices.map(Double.init)
        case .numeric(let distribution): distribution.numbers
        }
    }

    /// Its values as texts, whose index an ``Assignment`` has; empty where it is a number itself.
    public var choices: [String] {
        if case .categorical(let values, _) = domain { values.indices.map { text(Double($0)) } } else { [] }
    }

    /// Whether its numbers are spread evenly on a logarithmic axis.
    public var isLogarithmic: Bool {
        if case .numeric(let distribution) = domain { distribution.scale != .linear } else { false }
    }

    /// The number at a coordinate of `[0, 1]`, as an ``Assignment`` has it.
    func number(at coordinate: Double) -> Double {
        switch domain {
        case .numeric(let distribution): return distribution.number(at: coordinate)
        case .categorical(_, let probabilities):
            var rest = coordinate
            for (index, probability) in probabilities.enumerated() {
                if rest < probability { return Double(index) }
                rest -= probability
            }
            return Double(probabilities.lastIndex { $0 > 0 } ?? 0)
        }
    }

    /// The value that a number stands for, as the configuration of a trial has it.
    package func node(_ number: Double) -> YAMLNode {
        switch domain {
        case .categorical(let values, _): values[min(max(Int(number), 0), values.count - 1)]
        case .numeric(let distribution):
            distribution.isWhole ? Int(exactly: number).map { .plain($0) } ?? .plain(number) : .plain(number)
        }
    }

    /// The value that a number stands for, in one line of YAML.
    public func text(_ number: Double) -> String {
        let node = node(number)
        if let scalar = node.scalar { return scalar.text }
        return ((try? node.yaml(flow: true)) ?? "").trimmingCharacters(in: .newlines)
    }

    /// The other way: the number that a text stands for; nil where it is none of the parameter's.
    package func number(_ node: YAMLNode) -> Double? {
        switch domain {
        case .categorical(let values, _):
            values.firstIndex { $0.hasSameValue(as: node) }.map(Double.init)
        case .numeric: node.scalar?.number(Double.self)
        }
    }
}

extension YAMLNode {
    /// Whether two nodes say the same, wherever they stand.
    func hasSameValue(as other: YAMLNode) -> Bool {
        switch (content, other.content) {
        case (.scalar(let one), .scalar(let other)):
            if let (a, b) = one.number(Double.self).flatMap({ a in other.number(Double.self).map { (a, $0) } }
            ) {
                return a == b
            }
            return one.text == other.text && one.isText == other.isText
        case (.sequence(let one), .sequence(let other)):
            return one.count == other.count && zip(one, other).allSatisfy { $0.hasSameValue(as: $1) }
        case (.mapping(let one), .mapping(let other)):
            return one.count == other.count
                && zip(one, other).allSatisfy { $0.key == $1.key && $0.value.hasSameValue(as: $1.value) }
        default: return false
        }
    }
}
