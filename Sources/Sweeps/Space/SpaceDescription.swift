import Experiments
import Foundation

extension Parameter {
    /// What the parameter can be, in a line for people.
    public var summary: String {
        switch domain {
        case .categorical(let values, let probabilities):
            let isEven = Set(probabilities).count <= 1
            return values.indices.map { index in
                shortText(Double(index)) + (isEven ? "" : " (\(Self.short(probabilities[index])))")
            }.joined(separator: ", ")
        case .numeric(let distribution): return distribution.summary
        }
    }

    /// The condition in words; nil where there is none.
    public func conditionText(in space: SearchSpace) -> String? {
        condition.map { condition in
            let values = condition.numbers.map { space[condition.path]?.text($0) ?? "\($0)" }
            return "where \(condition.path) is \(values.joined(separator: " or "))"
        }
    }

    static func short(_ number: Double) -> String { String(format: "%.4g", number) }
}

extension NumericDistribution {
    fileprivate var summary: String {
        let rounding = isInteger ? "" : step.map { ", in steps of \(Parameter.short($0))" } ?? ""
        switch base {
        case .uniform:
            let ends = [number(at: 0), number(at: 1)].sorted().map(Parameter.short)
            let kind = isInteger ? "whole numbers" : scale == .linear ? "uniform" : "log-uniform"
            return "\(ends[0]) to \(ends[1]), \(kind)\(rounding)"
        case .normal(let mean, let deviation):
            let kind = scale == .linear ? "normal" : "log-normal"
            return
                "\(kind), mean \(Parameter.short(mean)), deviation \(Parameter.short(deviation))\(rounding)"
        }
    }
}

extension Parameter {
    /// A number as a table shows it: with as many digits as tell trials apart, and long lists and mappings cut off.
    public func shortText(_ number: Double) -> String {
        if case .numeric(let distribution) = domain, !distribution.isWhole { return Self.short(number) }
        let text = text(number)
        return text.count > 60 ? text.prefix(59) + "…" : text
    }
}
