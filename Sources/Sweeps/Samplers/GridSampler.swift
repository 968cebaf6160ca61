/// Every combination once, the last parameter changing fastest. Where a parameter is not there, it is not varied.
public struct GridSampler: Sampler {
    /// A sampler.
    public init() {}

    /// The combination of a number.
    /// - Throws: ``SweepError/notCountable(path:)``
    public func assignment(
        _ number: Int, in space: SearchSpace, after history: [Observation] = []
    ) throws -> Assignment? {
        if let parameter = space.parameters.first(where: { $0.numbers == nil }) {
            throw SweepError.notCountable(path: parameter.path)
        }
        var rest = number
        return Grid(space)?.assignment(&rest)
    }

    /// How many combinations there are; nil where they cannot be counted.
    static func count(_ space: SearchSpace) -> Int? { Grid(space)?.count() }
}

/// The tree of all combinations: what the first parameter can be, below each of that what the second can be, …
private struct Grid {
    let space: SearchSpace
    let numbers: [[Double]]
    /// Whether a later parameter depends on one.
    let decides: [Bool]

    init?(_ space: SearchSpace) {
        self.space = space
        numbers = space.parameters.compactMap(\.numbers)
        guard numbers.count == space.parameters.count else { return nil }
        decides = space.parameters.map { parameter in
            space.parameters.contains { $0.condition?.path == parameter.path }
        }
    }

    /// How many combinations are below a partial one; nil where the number is beyond counting.
    func count(_ chosen: Assignment = [:], from index: Int = 0) -> Int? {
        guard index < numbers.count else { return 1 }
        guard space.isActive(space.parameters[index], in: chosen) else {
            return count(chosen, from: index + 1)
        }
        if !decides[index] {
            return count(chosen, from: index + 1).flatMap { product($0, numbers[index].count) }
        }
        return numbers[index].reduce(0) { total, number in
            guard let total, let below = count(adding(number, to: chosen, index), from: index + 1) else {
                return nil
            }
            let (sum, overflows) = total.addingReportingOverflow(below)
            return overflows ? nil : sum
        }
    }

    /// The combination that so many others come before; nil, and the number less by all there are, where it is
    /// beyond the last.
    func assignment(_ rest: inout Int, _ chosen: Assignment = [:], from index: Int = 0) -> Assignment? {
        guard index < numbers.count else {
            defer { rest -= 1 }
            return rest == 0 ? chosen : nil
        }
        guard space.isActive(space.parameters[index], in: chosen) else {
            return assignment(&rest, chosen, from: index + 1)
        }
        for number in numbers[index] {
            let next = adding(number, to: chosen, index)
            let below = count(next, from: index + 1) ?? .max
            if rest < below { return assignment(&rest, next, from: index + 1) }
            rest -= below
        }
        return nil
    }

    private func adding(_ number: Double, to chosen: Assignment, _ index: Int) -> Assignment {
        chosen.merging([space.parameters[index].path: number]) { $1 }
    }

    private func product(_ one: Int, _ other: Int) -> Int? {
        let (product, overflows) = one.multipliedReportingOverflow(by: other)
        return overflows ? nil : product
    }
}
