import Foundation
import Reports

/// A drawing of a run's folder with the tables that have its numbers.
struct Figure {
    /// The file without its ending: `roc`.
    var name: String
    /// What it is called.
    var title: String
    /// What to look for.
    var caption: String
    /// The tables, as far as they are there.
    var tables: [String]

    /// The drawings that are known, in the order of an argument: what was learnt, how well, how surely.
    static let known: [Figure] = alone + explanations

    private static let alone: [Figure] = [
        Figure(
            name: "learning_curves", title: "Learning curves",
            caption:
                "Training and validation over the epochs. A validation loss that rises while the training's falls "
                + "says that the network learns its pictures by heart.", tables: ["metrics.csv"]),
        Figure(
            name: "steps", title: "Loss and accuracy by step",
            caption: "Of the training pictures of each step, with what regularizes the loss.",
            tables: ["steps.csv"]),
        Figure(
            name: "learning_rate", title: "Learning rate",
            caption: "Over the steps; dashed lines divide the stages.", tables: ["steps.csv"]),
        Figure(
            name: "folds", title: "Folds",
            caption:
                "What each fold came to, the mean and one standard deviation: how far a result hangs on the split.",
            tables: ["folds.csv"]),
        Figure(
            name: "confusion_matrix", title: "Confusion matrix",
            caption: "Rows are true classes, columns what the network took them for.",
            tables: [
                "confusion_matrix.csv", "confusion_matrix_normalized.csv", "confusion_matrix_by_column.csv",
                "confusion_matrix_by_all.csv",
            ]),
        Figure(
            name: "confusion_matrix_clustered", title: "Confusion matrix, clustered",
            caption:
                "The same with classes beside each other that are often taken for one another: groups show as blocks.",
            tables: ["confusion_matrix_clustered.csv"]),
        Figure(
            name: "roc", title: "ROC curves",
            caption: "True against false positives as the threshold falls, each class against the rest.",
            tables: ["roc.csv", "roc_auc.csv"]),
        Figure(
            name: "auc_intervals", title: "Areas under the ROC curves",
            caption: "With 95 % confidence intervals.", tables: ["auc_intervals.csv"]),
        Figure(
            name: "precision_recall", title: "Precision and recall",
            caption: "More telling than ROC where a class is rare.",
            tables: ["precision_recall.csv", "average_precision.csv"]),
        Figure(
            name: "det", title: "Detection error trade-off",
            caption: "Both error rates on normal-deviate scales.",
            tables: ["det.csv"]),
        Figure(
            name: "calibration", title: "Calibration",
            caption: "Whether of the pictures given 80 % so many are right.",
            tables: ["calibration.csv", "calibration_before.csv"]),
        Figure(
            name: "thresholds", title: "Thresholds",
            caption: "What a threshold other than the greatest score gives.",
            tables: ["thresholds.csv"]),
        Figure(
            name: "groups", title: "Accuracy by group",
            caption: "A mean over all pictures hides the people who are seldom recognised.",
            tables: ["groups.csv"]),
        Figure(
            name: "gallery_mistakes", title: "The surest mistakes",
            caption:
                "Pictures that the network is wrong about with the greatest probability: some are labelled wrongly.",
            tables: ["gallery.csv"]),
        Figure(
            name: "gallery_uncertain", title: "The least certain",
            caption: "Pictures whose two likeliest classes are the closest.", tables: ["gallery.csv"]),
        Figure(
            name: "gallery_cells", title: "One of each confusion",
            caption: "The surest picture of each cell of the confusion matrix.", tables: ["gallery.csv"]),
        Figure(
            name: "class_balance", title: "Class balance",
            caption: "How many pictures each split has of each class.",
            tables: ["class_balance.csv"]),
        Figure(
            name: "weight_change", title: "What fine-tuning has moved",
            caption:
                "How far each layer's weights are from the imported ones, as a share of their norm. Layers that hardly "
                + "moved serve the new classes as they were.", tables: ["weight_change.csv"]),
        Figure(
            name: "embedding_pca", title: "Map of the pictures",
            caption:
                "The pictures as the network describes them before it tells the classes, along the two directions in "
                + "which they differ the most. Rings are mistakes.", tables: ["embedding_pca.csv"]),
        Figure(
            name: "embedding_tsne", title: "Map of the pictures' neighbours",
            caption:
                "By t-SNE: groups are real, but neither their sizes nor the distances between them mean much. Rings are "
                + "mistakes.", tables: ["embedding_tsne.csv"]),
    ]

    private static let explanations: [Figure] = ["grad-cam", "occlusion"].flatMap { method in
        [
            Figure(
                name: "explanations/mistakes.\(method)", title: "What misled the network (\(method))",
                caption: "Where it saw the predicted and the true class, in its surest mistakes.",
                tables: ["explanations/mistakes.\(method).csv"]),
            Figure(
                name: "explanations/\(method)", title: "What the network saw (\(method))",
                caption: "Where in the pictures it saw the class.",
                tables: ["explanations/\(method).csv"]),
        ]
    }

    /// The drawings of a folder, and others: those that are known first, then the rest by name.
    static func all(in folder: URL, and more: some Sequence<String> = []) -> [Figure] {
        let names = Set(
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? [])
                .filter { $0.hasSuffix(".svg") && !$0.hasPrefix(".") }.map { String($0.dropLast(4)) }
        ).union(more)
        let others = names.subtracting(known.map(\.name)).sorted().map { name in
            let words = name.replacing("_", with: " ")
            return Figure(
                name: name, title: words.prefix(1).uppercased() + words.dropFirst(), caption: "",
                tables: ["\(name).csv"])
        }
        return known.filter { known in
            names.contains(known.name) || known.name.contains("/") && known.isThere(in: folder)
        } + others
    }

    private func isThere(in folder: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: "\(name).svg").path(percentEncoded: false))
    }

    /// What the page's script must know to tell the values of the drawing's curves; nil where it has none.
    private func curves(in folder: URL) -> String? {
        let curves = CurveValues.of(name, in: folder)
        guard !curves.isEmpty, let json = try? JSONEncoder().encode(curves) else { return nil }
        return String(decoding: json, as: UTF8.self)
    }

    /// The drawing and its files as part of a page.
    /// - Parameters:
    ///   - prefix: makes the drawing's identifiers unique among those of other runs.
    ///   - other: what is shown instead of the folder's drawing; nil for that.
    func html(_ links: FileLinks, prefix: String, showing other: SVGDocument? = nil) -> HTML? {
        let folder = links.folder
        let own = try? String(contentsOf: folder.appending(path: "\(name).svg"), encoding: .utf8)
        guard let text = other?.text ?? own, let drawing = InlineDrawing(text, prefix: prefix) else {
            return nil
        }
        let files = ((other == nil ? ["\(name).svg"] : []) + tables).compactMap { links.link($0) }
        return .tag(
            "figure", ["data-curves": curves(in: folder), "class": drawing.isLarge ? "large" : nil],
            [
                drawing.html,
                .tag("figcaption", [:], [.text(caption), .tag("div", [:], HTML(files))]),
            ])
    }
}

/// A drawing as it stands within a page: without declaration, style sheet and scripts, its identifiers its own.
struct InlineDrawing {
    /// The drawing.
    let html: HTML
    /// Whether so much is in it that it needs a printed page for itself.
    let isLarge: Bool

    /// Nil where a text is no drawing of Graft's: others' SVG may hold scripts, and is only linked.
    init?(_ text: String, prefix: String) {
        guard let start = text.range(of: "<svg "), text.contains("class=\"graft-plot\""),
            !text.contains("<script"), !text.contains("<foreignObject")
        else { return nil }
        var markup = String(text[start.lowerBound...])
        let height = markup.prefixMatch(of: #/<svg [^>]*? height="([0-9.]+)"/#).flatMap { Double($0.1) }
        isLarge = (height ?? 0) > 720
        if let open = markup.range(of: "<style>"), let close = markup.range(of: "</style>") {
            markup.removeSubrange(open.lowerBound..<close.upperBound)
        }
        markup = markup.replacing(#/(id|aria-labelledby|clip-path|href|fill)="([^"]*)"/#) { match in
            let value = String(match.2)
            switch match.1 {
            case "id": return "id=\"\(prefix)\(value)\""
            case "aria-labelledby":
                let names = value.split(separator: " ").map { prefix + $0 }.joined(separator: " ")
                return "aria-labelledby=\"\(names)\""
            default:
                return "\(match.1)=\""
                    + value.replacing("url(#", with: "url(#\(prefix)").replacing(#/^#/#, with: "#\(prefix)")
                    + "\""
            }
        }
        html = HTML(markup: markup)
    }
}

/// Links to the files of a run: a page that is a file of its own has them within it, one of a site leads to them.
struct FileLinks {
    /// The run's folder.
    let folder: URL
    /// What comes before the files' names in links; nil for files within the page.
    let base: String?
    /// More would make the page slow.
    private static let limit = 8_000_000

    /// A link that saves a file, or shows it. Nil where it is not there; a large one is only named within a page.
    func link(_ name: String) -> HTML? {
        let file = folder.appending(path: name)
        if let base {
            guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return nil }
            // The names are those of drawings and tables, or were found in the folder.
            let coded = name.addingPercentEncoding(
                withAllowedCharacters: .urlPathAllowed.subtracting(["/", ";"]))
            return .tag("a", ["href": base + (coded ?? name), "class": "file"], .text(name))
        }
        guard let data = try? Data(contentsOf: file) else { return nil }
        let type =
            name.hasSuffix(".svg") ? "image/svg+xml" : name.hasSuffix(".csv") ? "text/csv" : "text/plain"
        return data.count > Self.limit
            ? .tag("span", ["class": "file dim"], .text("\(name) (in the run's folder)"))
            : .download(name, data, type: type)
    }
}
