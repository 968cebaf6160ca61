/// The votes for a face: for FER+'s eight classes, for `unknown` and for `NF`, no face.
struct FERPlusVotes {
    /// How many they are.
    static let count = 10
    private static let unknown = 8
    private let counts: [Int]

    /// Votes of which a class's single one is taken for noise.
    init(_ counts: [Int]) { self.counts = counts.map { $0 == 1 ? 0 : $0 } }

    private var total: Int { counts.reduce(0, +) }

    /// The probabilities of the eight classes; nil for a face that is left out.
    func target(_ labels: Dataset.FERPlusLabels) -> [Float]? {
        guard let kept = labels == .majority ? majority : mostVotes else { return nil }
        // The first of the greatest, as NumPy's `argmax`.
        guard let greatest = kept.max(), let winner = kept.firstIndex(of: greatest), winner < Self.unknown
        else { return nil }
        let classes = kept.prefix(Self.unknown)
        let sum = classes.reduce(0, +)
        return classes.map { Float($0) / Float(sum) }
    }

    /// The votes of the class that more than half are for.
    private var majority: [Int]? {
        guard let greatest = counts.max(), 2 * greatest > total, let winner = counts.firstIndex(of: greatest)
        else { return nil }
        return counts.indices.map { $0 == winner ? greatest : 0 }
    }

    /// The greatest votes, until they are three quarters of all, of three classes at most; classes with equal
    /// votes count together. `unknown` and `NF` end this, and count only where nothing was ahead of them.
    private var mostVotes: [Int]? {
        var (left, kept) = (counts, [Int](repeating: 0, count: counts.count))
        var (taken, classes, isOver) = (0, 0, false)
        while 4 * taken < 3 * total, classes < 3, !isOver {
            let greatest = left.max() ?? 0
            for index in left.indices where left[index] == greatest {
                kept[index] = greatest
                left[index] = 0
                taken += greatest
                classes += 1
                guard index >= Self.unknown else { continue }
                isOver = true
                if kept.reduce(0, +) > greatest {
                    kept[index] = 0
                    classes -= 1
                }
                break
            }
        }
        return 2 * kept.reduce(0, +) > total && classes <= 3 ? kept : nil
    }
}
