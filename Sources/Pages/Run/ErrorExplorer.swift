import Datasets
import Evaluation
import Foundation

/// The part of a page where a reader looks at the mistakes: a confusion matrix whose cells show their pictures, and a
/// threshold to move.
struct ErrorExplorer {
    private let predictions: Predictions
    private let matrix: ConfusionMatrix
    private let thumbnail: (String) -> Image?
    /// How many pictures a cell shows: all of them would make a page of gigabytes.
    private static let picturesPerCell = 8

    /// - Parameter thumbnail: the picture of an identifier, nil where it is not to be had.
    init(_ predictions: Predictions, thumbnail: @escaping (String) -> Image?) {
        self.predictions = predictions
        matrix = ConfusionMatrix(predictions)
        self.thumbnail = thumbnail
    }

    private struct Item: Encodable {
        var file: String
        var score: Double
        var picture: String?
    }

    /// How many samples of a class, and of the others, have at least each hundredth as their score.
    private struct Counts: Encodable {
        var positives: Int
        var negatives: Int
        var tp: [Int]
        var fp: [Int]
    }

    private struct Content: Encodable {
        var classes: [String]
        var cells: [[[Item]]]
        var thresholds: [Counts]
    }

    /// The part; its interactive pieces are hidden where scripts do not run, and in print.
    func html() throws -> HTML {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        let content = Content(
            classes: predictions.classNames, cells: try cells(),
            thresholds: predictions.classNames.indices.map(counts))
        // Within a script element only its end would be taken for markup.
        let json = String(decoding: try encoder.encode(content), as: UTF8.self).replacing(
            "<", with: "\\u003c")
        return .tag(
            "div", ["data-explorer": ""],
            [
                HTML(markup: "<script type=\"application/json\">\(json)</script>"), table,
                .tag(
                    "div", ["class": "screen", "hidden": ""],
                    [
                        .tag(
                            "p", ["class": "cell-title", "aria-live": "polite"],
                            "Choose a cell to see its pictures."),
                        .tag("ul", ["class": "pictures"]), thresholds,
                    ]),
            ])
    }

    private func cells() throws -> [[[Item]]] {
        let classes = predictions.classNames.indices
        var rows = classes.map { _ in classes.map { _ in [Predictions.Row]() } }
        for row in predictions.rows { rows[row.label][row.predictedLabel].append(row) }
        return try rows.map { line in
            try line.enumerated().map { column, cell in
                try cell.sorted { $0.scores[column] > $1.scores[column] }.prefix(Self.picturesPerCell).map {
                    row in
                    Item(
                        file: row.identifier, score: row.scores[column],
                        picture: try thumbnail(row.identifier)?.png().base64EncodedString())
                }
            }
        }
    }

    private func counts(_ label: Int) -> Counts {
        var (reached, others) = ([Int](repeating: 0, count: 102), [Int](repeating: 0, count: 102))
        for row in predictions.rows {
            let score = row.scores[label]
            // The last hundredth that the score reaches; 0.29 times 100 is less than 29.
            let near = Int((min(max(score, 0), 1) * 100).rounded())
            let place = Double(near) / 100 <= score ? near : max(near - 1, 0)
            if row.label == label { reached[place] += 1 } else { others[place] += 1 }
        }
        func atLeast(_ counts: [Int]) -> [Int] {
            counts.reversed().reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1) }.reversed().dropLast()
        }
        let positives = predictions.rows.count { $0.label == label }
        return Counts(
            positives: positives, negatives: predictions.rows.count - positives, tp: atLeast(reached),
            fp: atLeast(others))
    }

    private var table: HTML {
        let names = predictions.classNames
        let shares = matrix.normalized(by: .true)
        let rows = names.indices.map { row in
            [HTML.text(names[row])]
                + names.indices.map { column -> HTML in
                    let percent = Int((shares[row][column] * 100).rounded())
                    return .tag(
                        "button",
                        [
                            "type": "button", "data-cell": "\(row) \(column)", "aria-pressed": "false",
                            "aria-label":
                                "\(names[row]) taken for \(names[column]): \(matrix.counts[row][column]), \(percent) percent",
                            // Never so dark, or bright, that the number on it has a contrast below 4.5.
                            "style":
                                "background:color-mix(in srgb,var(--accent) \(percent * 11 / 20)%,var(--soft))",
                        ], .text("\(matrix.counts[row][column])"))
                }
        }
        return .tag(
            "div", ["class": "matrix"],
            .table(
                "Rows are true classes, columns predicted ones.", header: ["true class"] + names, rows: rows))
    }

    private var thresholds: HTML {
        let options = predictions.classNames.map { HTML.tag("option", [:], .text($0)) }
        let values = [
            ("threshold", "threshold"), ("tp", "true positives"), ("fp", "false positives"),
            ("fn", "false negatives"),
            ("tn", "true negatives"),
            ("precision", "precision"), ("recall", "recall"), ("specificity", "specificity"), ("f1", "F1"),
        ]
        return [
            .tag("h3", [:], "One class against the rest, by a threshold"),
            .tag(
                "div", ["class": "slider"],
                [
                    .tag("label", [:], ["Class ", .tag("select", [:], HTML(options))]),
                    .tag(
                        "label", ["style": "display:contents"],
                        [
                            "Threshold ",
                            .tag("input", ["type": "range", "min": "0", "max": "100", "value": "50"], nil),
                        ]), .tag("output", [:], "0.50"),
                ]),
            .table(
                "What the threshold gives", header: values.map(\.1),
                rows: [values.map { .tag("span", ["data-value": $0.0]) }], isNumeric: { _ in true }),
        ]
    }
}
