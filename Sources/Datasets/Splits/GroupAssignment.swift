/// Deals groups of samples out to parts of given weights, so that every class is divided as the weights say,
/// as nearly as whole groups allow.
///
/// For equal weights it is scikit-learn's `StratifiedGroupKFold`: the groups whose classes are the most
/// uneven come first, and each goes where the classes' shares differ least from part to part afterwards.
struct GroupAssignment {
    /// How many samples of each class each group has.
    let counts: [[Int]]
    /// What each part should have of all; together 1.
    let weights: [Double]

    /// The part of each group.
    func parts() -> [Int] {
        let classCount = counts.first?.count ?? 0
        let totals = (0..<classCount).map { label in Double(counts.reduce(0) { $0 + $1[label] }) }
        var filled = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: weights.count)
        var result = [Int](repeating: 0, count: counts.count)
        let spreads = counts.map(Self.deviation)
        let order = counts.indices.sorted { left, right in
            spreads[left] != spreads[right] ? spreads[left] > spreads[right] : left < right
        }
        for group in order {
            let part = best(for: counts[group], filled, totals)
            result[group] = part
            for label in 0..<classCount { filled[part][label] += counts[group][label] }
        }
        return result
    }

    /// The parts of each group, where parts so small that no group went to them have one all the same, as long as
    /// the first part keeps one: the group whose move from there leaves the classes divided most evenly.
    func partsWithoutGaps() -> [Int] {
        var parts = parts()
        let classes = counts.first?.indices ?? 0..<0
        let totals = classes.map { label in Double(counts.reduce(0) { $0 + $1[label] }) }
        for part in weights.indices.dropFirst() where !parts.contains(part) {
            var filled = weights.indices.map { _ in classes.map { _ in 0 } }
            for (group, part) in parts.enumerated() {
                for label in classes { filled[part][label] += counts[group][label] }
            }
            let candidates = parts.indices.filter { parts[$0] == 0 }
            guard candidates.count > 1 else { break }
            let moved = candidates.map { group in
                var trial = filled
                for label in classes {
                    trial[0][label] -= counts[group][label]
                    trial[part][label] += counts[group][label]
                }
                return (group: group, unevenness: unevenness(trial, totals))
            }
            guard let best = moved.min(by: { $0.unevenness < $1.unevenness }) else { break }
            parts[best.group] = part
        }
        return parts
    }

    private func best(for group: [Int], _ filled: [[Int]], _ totals: [Double]) -> Int {
        var best = (part: 0, unevenness: Double.infinity, size: Double.infinity)
        for part in weights.indices {
            var trial = filled
            for label in group.indices { trial[part][label] += group[label] }
            let unevenness = unevenness(trial, totals)
            let size = Double(filled[part].reduce(0, +)) / weights[part]
            let isAsEven = abs(unevenness - best.unevenness) <= 1e-8 + 1e-5 * abs(best.unevenness)
            if unevenness < best.unevenness || (isAsEven && size < best.size) {
                best = (part, unevenness, size)
            }
        }
        return best.part
    }

    /// The mean over the classes of how far the parts' shares are from what their weights say.
    private func unevenness(_ filled: [[Int]], _ totals: [Double]) -> Double {
        var sum = 0.0
        var classes = 0
        for label in totals.indices where totals[label] > 0 {
            let shares = filled.map { Double($0[label]) / totals[label] }
            let all = shares.reduce(0, +)
            let squares = zip(shares, weights).reduce(0) { sum, pair in
                let difference = pair.0 - pair.1 * all
                return sum + difference * difference
            }
            sum += (squares / Double(weights.count)).squareRoot()
            classes += 1
        }
        return sum / Double(max(classes, 1))
    }

    private static func deviation(_ counts: [Int]) -> Double {
        let mean = Double(counts.reduce(0, +)) / Double(max(counts.count, 1))
        let squares = counts.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (squares / Double(max(counts.count, 1))).squareRoot()
    }
}
