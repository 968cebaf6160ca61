/// Which of several trials are not beaten in every respect. All numbers are better when less.
public enum ParetoFront {
    /// Whether one is at least as good in every respect, and better in one.
    public static func dominates(_ one: [Double], _ other: [Double]) -> Bool {
        zip(one, other).allSatisfy { $0 <= $1 } && zip(one, other).contains { $0 < $1 }
    }

    /// The indices of those that no other dominates.
    public static func indices(_ values: [[Double]]) -> [Int] {
        values.indices.filter { index in !values.contains { dominates($0, values[index]) } }
    }

    /// The indices of observations that are over, best first: finished ones by their values, then stopped ones, those
    /// that came farther before, then those without any value.
    static func ranked(_ history: [Observation]) -> [Int] {
        let finished = history.indices.filter {
            history[$0].outcome == .finished && history[$0].isComparable
        }
        let rest = history.indices.filter { !finished.contains($0) }
        return ranked(finished, by: { history[$0].values })
            + rest.sorted { history[$0].stoppedKey(then: $0) < history[$1].stoppedKey(then: $1) }
    }

    private static func ranked(_ indices: [Int], by values: (Int) -> [Double]) -> [Int] {
        guard let dimensions = indices.first.map({ values($0).count }) else { return [] }
        if dimensions == 1 {
            return indices.sorted { (values($0)[0], $0) < (values($1)[0], $1) }
        }
        var (rest, result) = (indices, [Int]())
        while !rest.isEmpty {
            let front = Self.indices(rest.map(values)).map { rest[$0] }
            result += spread(front, values)
            let taken = Set(front)
            rest.removeAll(where: taken.contains)
        }
        return result
    }

    /// A front's members, those first whose absence would leave the greatest gap (the crowding distance of Deb et al.,
    /// "NSGA-II", IEEE Trans. Evol. Comput. 6, 2002).
    private static func spread(_ front: [Int], _ values: (Int) -> [Double]) -> [Int] {
        guard let dimensions = front.first.map({ values($0).count }) else { return [] }
        var distance: [Int: Double] = [:]
        for dimension in 0..<dimensions {
            let sorted = front.sorted { (values($0)[dimension], $0) < (values($1)[dimension], $1) }
            let span = values(sorted[sorted.count - 1])[dimension] - values(sorted[0])[dimension]
            for (rank, index) in sorted.enumerated() {
                let isEnd = rank == 0 || rank == sorted.count - 1
                distance[index, default: 0] +=
                    isEnd || span <= 0
                    ? (isEnd ? .infinity : 0)
                    : (values(sorted[rank + 1])[dimension] - values(sorted[rank - 1])[dimension]) / span
            }
        }
        return front.sorted { (-(distance[$0] ?? 0), $0) < (-(distance[$1] ?? 0), $1) }
    }
}

extension Observation {
    /// Whether it has values that can be compared with others.
    var isComparable: Bool { !values.isEmpty && !values.contains(where: \.isNaN) }

    /// Sorts stopped trials as Optuna does.
    fileprivate func stoppedKey(then number: Int) -> (Int, Double, Int) {
        let value = isComparable ? values[0] : .infinity
        if case .stopped(let epochs) = outcome { return (-epochs, value, number) }
        return (1, value, number)
    }
}
