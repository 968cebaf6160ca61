import Graft

/// What `graft import --check` prints.
struct ImportCheckReport {
    private let check: ImportCheck
    private let asked: String
    private let groups: [String]
    private let suggestion: NetworkMatch?

    /// A report.
    /// - Parameters:
    ///   - asked: the network's name among the known ones: `mobilenet alpha 0.5`.
    ///   - groups: the network's layer groups.
    ///   - suggestion: the known network that the file fits best, if the one asked for does not fit.
    init(_ check: ImportCheck, asked: String, groups: [String], suggestion: NetworkMatch?) {
        self.groups = groups
        self.check = check
        self.asked = asked
        self.suggestion = suggestion
    }

    /// The table, the summary, and perhaps a suggestion.
    func text(style: TextStyle) -> String {
        var table = TextTable([
            ("LAYER", .left), ("ARRAYS", .left), ("EXPECTED", .left), ("FOUND", .left), ("STATUS", .left),
        ])
        for layer in check.layers {
            table.add([
                layer.name, layer.arrays.map(\.name).joined(separator: ", "),
                Self.shapes(layer.arrays.map(\.expected)), Self.shapes(layer.arrays.map(\.found)),
                layer.status.rawValue + (layer.storedName.map { " as \($0)" } ?? ""),
            ])
        }
        let lines = [table.text(style: style), "", summary(style)]
        return (lines + (advice.map { [$0] } ?? [])).joined(separator: "\n")
    }

    private func summary(_ style: TextStyle) -> String {
        let counts = ImportCheck.Status.allCases.filter { check.count($0) > 0 || $0 == .matched }
            .map { "\(grouped(check.count($0))) \($0.rawValue)" }.joined(separator: ", ")
        let verdict = check.fits ? style.green("fits") : style.red("does not fit")
        return "\(check.file): \(verdict) '\(check.network)' \(how): \(counts)"
    }

    private var how: String {
        switch check.matching {
        case .byName: "by name"
        case .byClassAndCounter: "by class and order"
        case .byOrder, .byGivenOrder: "by order"
        case .byStructure: "by structure"
        }
    }

    private var advice: String? {
        guard let suggestion else { return nil }
        let looks = "the file looks like \(suggestion)"
        guard suggestion.name == asked else {
            // `mobilenet alpha 0.5 channels 1`: names and values of options.
            let words = suggestion.name.split(separator: " ").map(String.init)
            let options = stride(from: 1, to: words.count - 1, by: 2).map {
                " --\(words[$0]) \(words[$0 + 1])"
            }
            return "\(looks): --architecture \(words[0])" + options.joined()
        }
        let missing = suggestion.missingGroups.filter(groups.contains)
            .map { "--except \($0)" }.joined(separator: " ")
        let until = suggestion.cutAfter.map { "--until \($0) ('until: \($0)' in a configuration)" }
        let ways = ([missing].filter { !$0.isEmpty } + (until.map { [$0] } ?? [])).joined(separator: ", or ")
        return looks + (ways.isEmpty ? "" : ": \(ways)")
    }

    /// The shapes of a layer's arrays, equal ones once: `4 x [32]`.
    private static func shapes(_ shapes: [[Int]?]) -> String {
        let texts = shapes.map { $0?.description ?? "-" }
        guard let first = texts.first else { return "-" }
        guard texts.contains(where: { $0 != first }) else {
            return texts.count == 1 || first == "-" ? first : "\(texts.count) x \(first)"
        }
        return texts.joined(separator: ", ")
    }
}

extension ImportCheckReport: Encodable {
    private enum Keys: String, CodingKey {
        case file, network, matching, fits, counts, layers, suggestion
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(check.file, forKey: .file)
        try container.encode(check.network, forKey: .network)
        try container.encode(check.matching, forKey: .matching)
        try container.encode(check.fits, forKey: .fits)
        try container.encode(
            Dictionary(
                uniqueKeysWithValues: ImportCheck.Status.allCases.map { ($0.rawValue, check.count($0)) }),
            forKey: .counts)
        try container.encode(check.layers, forKey: .layers)
        try container.encode(suggestion?.description, forKey: .suggestion)
    }
}
