/// The candidates that a misspelt name may have meant, best first, at most three.
///
/// A candidate is near when turning one into the other takes at most a third of the name's letters
/// (Levenshtein's distance), or when one contains the other.
public func nearestNames(to name: String, among candidates: some Sequence<String>) -> [String] {
    let limit = max(2, name.count / 3)
    let ranked = candidates.compactMap { candidate -> (distance: Int, name: String)? in
        let distance = editDistance(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
        let contained = name.count >= 3 && (candidate.contains(name) || name.contains(candidate))
        return distance <= limit || contained ? (distance, candidate) : nil
    }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            let substitution = previous[column] + (letter == other ? 0 : 1)
            current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[right.count]
}
