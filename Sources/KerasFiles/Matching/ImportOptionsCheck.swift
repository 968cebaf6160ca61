import Layers
import Tensors
import Wording

extension LayerMatching {
    /// Checks that the options speak of layers that there are.
    /// - Throws: ``KerasFileError/importOptions(file:problems:)`` with everything that is wrong.
    func checkOptions() throws(KerasFileError) {
        var problems = patternProblems("only", options.only) + patternProblems("except", options.except)
        if problems.isEmpty, wanted.isEmpty, options.isPartial { problems.append(.nothingLeft) }
        if options.match == .order, !options.rename.isEmpty { problems.append(.renameByOrder) }
        problems += renameProblems()
        guard problems.isEmpty else { throw .importOptions(file: file.path, problems: problems) }
    }

    private func patternProblems(_ option: String, _ patterns: [String]) -> [ImportOptionProblem] {
        let nodes = importable.map(\.node)
        return patterns.filter { pattern in
            !nodes.contains { LayerPattern(pattern).matches($0) }
        }.map {
            .pattern(
                $0, option: option, network: network.name, nearest: LayerPattern($0).nearest(among: nodes))
        }
    }

    private func renameProblems() -> [ImportOptionProblem] {
        let known = Set(stored.flatMap { [$0.name, $0.path, String($0.path.drop { $0 == "/" })] })
        let names = importable.map(\.node.name)
        var problems: [ImportOptionProblem] = []
        for (stored, name) in options.rename.sorted(by: { $0.key < $1.key }) {
            if !known.contains(stored) {
                problems.append(
                    .fileLayer(stored, nearest: nearestNames(to: stored, among: self.stored.map(\.name))))
            }
            if !names.contains(name) {
                problems.append(
                    .networkLayer(
                        name, for: stored, network: network.name,
                        nearest: nearestNames(to: name, among: names)))
            }
        }
        let targets = Dictionary(grouping: options.rename, by: \.value)
        for (name, entries) in targets.sorted(by: { $0.key < $1.key }) where entries.count > 1 {
            problems.append(.sameTarget(name, entries.map(\.key).sorted()))
        }
        return problems
    }
}
