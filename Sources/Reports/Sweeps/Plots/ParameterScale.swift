import Foundation

/// Where a parameter's numbers lie on an axis: by value, by logarithm, or a place for each choice.
struct ParameterScale {
    private let parameter: SweepHistory.Parameter
    /// What the axis spans, in the axis's own numbers.
    let domain: ClosedRange<Double>

    init(_ parameter: SweepHistory.Parameter, _ numbers: [Double]) {
        self.parameter = parameter
        guard parameter.choices.isEmpty else {
            domain = -0.5...Double(parameter.choices.count) - 0.5
            return
        }
        let placed = numbers.map { parameter.isLogarithmic ? log10(max($0, 1e-300)) : $0 }
        let (low, high) = (placed.min() ?? 0, placed.max() ?? 1)
        let margin = high > low ? (high - low) * 0.04 : max(abs(low) * 0.1, 0.1)
        domain = low - margin...high + margin
    }

    /// Where a number lies, in the axis's own numbers.
    func callAsFunction(_ number: Double) -> Double {
        parameter.isLogarithmic && parameter.choices.isEmpty ? log10(max(number, 1e-300)) : number
    }

    /// The number at a place on the axis.
    func number(at place: Double) -> Double {
        parameter.isLogarithmic && parameter.choices.isEmpty ? pow(10, place) : place
    }

    /// Lists and mappings are longer than an axis has room for, and often begin alike: so they get their number.
    private var choiceLabels: [String] {
        parameter.choices.enumerated().map { index, choice in
            choice.count > 24 ? "\(index + 1): \(choice.prefix(19))…" : choice
        }
    }

    /// The marks along the axis.
    func ticks(count: Int) -> Ticks {
        if !parameter.choices.isEmpty {
            return Ticks(values: parameter.choices.indices.map(Double.init), labels: choiceLabels)
        }
        guard parameter.isLogarithmic else { return Ticks(in: domain, count: count) }
        let span = domain.upperBound - domain.lowerBound
        // Within one power of ten, its parts; beyond, the powers, and what is half-way between them where they are few.
        let factors: [Double] = span < 1.2 ? [1, 2, 5] : span < 3 ? [1, 3] : [1]
        let step = max(1, Int((span / Double(count)).rounded(.up)))
        let powers = stride(
            from: Int(domain.lowerBound.rounded(.down)), through: Int(domain.upperBound), by: step)
        let numbers = powers.flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
            .filter { domain.contains(log10($0)) }
        return Ticks(values: numbers.map { log10($0) }, labels: numbers.map(NumberText.short))
    }
}
