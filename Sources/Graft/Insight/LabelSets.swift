/// Which classes pictures of several classes each have together: `beach;sea`. The most frequent combinations are told
/// apart, as there may be as many as pictures.
struct LabelSets {
    /// What the combinations are called, the most frequent first; at the end the others, where there are any.
    let names: [String]
    private let numbers: [String: Int]
    /// How many are told apart.
    private static let shown = 10

    /// - Parameters:
    ///   - truths: of each picture, the combination that it is of.
    ///   - predictions: those that pictures were taken for.
    init(_ truths: [String], predictions: [String]) {
        let counts = truths.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let frequent = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.shown).map(\.key)
        numbers = Dictionary(uniqueKeysWithValues: frequent.enumerated().map { ($1, $0) })
        let hasOthers = (truths + predictions).contains { [numbers] in numbers[$0] == nil }
        names = frequent.map { $0.isEmpty ? "no class" : $0 } + (hasOthers ? ["other combinations"] : [])
    }

    /// The place of a combination among the names.
    func number(of combination: String) -> Int { numbers[combination] ?? names.count - 1 }
}
