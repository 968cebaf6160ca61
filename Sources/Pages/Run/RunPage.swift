import Datasets
import Evaluation
import Foundation
import Reports
import Tracking
import Wording

/// The report of one run.
public struct RunPage {
    private let name: String
    private let folder: URL
    private let record: RunRecord
    private let state: RunState
    private let thumbnail: (String) -> Image?
    private let smoothing: Smoothing?
    private let links: FileLinks

    /// The report of the run in a folder.
    /// - Parameters:
    ///   - smoothing: how learning curves are smoothed; nil for what suits the number of points.
    ///   - thumbnail: the small picture of a file of `predictions.csv`, nil where it is not to be had.
    public init(
        name: String, folder: URL, smoothing: Smoothing? = nil,
        thumbnail: @escaping (String) -> Image? = { _ in nil }
    ) {
        self.init(name: name, folder: folder, files: nil, smoothing: smoothing, thumbnail: thumbnail)
    }

    /// The report of the run in a folder, as part of a site.
    /// - Parameter files: what comes before the files' names in links.
    package init(
        name: String, folder: URL, files: String?, smoothing: Smoothing? = nil,
        thumbnail: @escaping (String) -> Image?
    ) {
        (self.name, self.folder, self.smoothing, self.thumbnail) = (name, folder, smoothing, thumbnail)
        links = FileLinks(folder: folder, base: files)
        record = RunRecord(folder)
        state = RunState.now(in: folder, else: record.state)
    }

    /// The page.
    /// - Throws: `ReportError` where the run's tables do not make sense.
    public func page() throws -> Page { try page(lead: [], first: []) }

    /// The page with more of what a site knows.
    /// - Parameters:
    ///   - more: what follows the lead.
    ///   - first: sections before the others.
    package func page(lead more: HTML, first: [Page.Section]) throws -> Page {
        let predictions = try Predictions.ofRun(in: folder)
        return Page(
            title: name, lead: [lead(predictions), more],
            sections: first + (try sections(predictions, prefix: "r-")))
    }

    private func lead(_ predictions: Predictions?) -> HTML {
        [
            .tag("p", [:], .text(sentence)), notes, cards(predictions),
            record.facts["error"].map {
                .tag("p", ["role": "alert"], .text("It ended with an error: \($0.description)"))
            }
                ?? [],
        ]
    }

    /// What was trained on what.
    private var sentence: String {
        guard !isOfFolds else { return "One run for each fold of the pictures, tested on that fold." }
        func fact(_ key: String) -> String? { record.facts[key]?.description }
        let subject = TrainingSubject(facts: record.facts)
        let classes = record.facts.keys.count { $0.hasPrefix("run.class_names.") }
        var text = "A \(fact("model.architecture") ?? "network")"
        if let size = fact("model.input_size") ?? fact("model.input_size.0") { text += " at \(size) pixels" }
        if classes > 0 { text += " for \(classes) classes" }
        if let source = subject.source { text += ", trained on \(source)" }
        let counts = subject.counts.map { "\($0.count) \($0.split)" }
        if !counts.isEmpty { text += " (\(counts.joined(separator: ", ")) pictures)" }
        return text
            + ". The run \(state == .failed ? "has" : "is") \(state.rawValue)\(fact("began").map { "; it began \($0)" } ?? "")."
    }

    /// Whether the folder has the table of a run's folds, and is no run's.
    private var isOfFolds: Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: "folds.csv").path(percentEncoded: false))
            && record.facts["name"] == nil
    }

    private var notes: HTML {
        var pieces: [HTML] = []
        if !record.tags.isEmpty {
            pieces.append(.tag("p", ["class": "dim"], .text("Tags: " + record.tags.joined(separator: ", "))))
        }
        if !record.note.isEmpty { pieces.append(.tag("p", [:], .text(record.note))) }
        return HTML(pieces)
    }

    private func cards(_ predictions: Predictions?) -> HTML {
        var cards: [HTML] = []
        func add(_ title: String, _ value: String, _ remark: String? = nil) {
            cards.append(
                .tag(
                    "div", ["class": "card"],
                    [
                        .tag("dt", [:], .text(title)),
                        .tag("dd", [:], [.text(value), remark.map { .tag("small", [:], .text($0)) } ?? []]),
                    ]))
        }
        if let predictions {
            let hits = predictions.rows.count { $0.label == $0.predictedLabel }
            let interval = ConfidenceInterval(count: hits, of: predictions.rows.count)
            add(
                "Test accuracy", percent(Double(hits) / Double(predictions.rows.count)),
                "95 %: \(percent(interval.low)) to \(percent(interval.high))")
        }
        if predictions == nil, let number = record.facts["test_accuracy"]?.number {
            add("Test accuracy", percent(number), "pictures of which every class is told")
        }
        for (key, title) in [
            ("test_hamming_loss", "Hamming loss"), ("test_f1_micro", "Micro F1"),
            ("test_f1_macro", "Macro F1"), ("test_roc_auc_macro_ovr", "Macro AUC"),
            ("test_log_loss", "Log loss"),
        ] {
            if let number = record.facts[key]?.number { add(title, String(format: "%.4f", number)) }
        }
        if let number = record.facts["temperature_scaling.temperature"]?.number {
            add("Temperature", String(format: "%.3f", number), "of all probabilities here")
        }
        if let number = record.facts["val_accuracy"]?.number { add("Validation accuracy", percent(number)) }
        if let number = record.facts["from_scratch.test_accuracy"]?.number {
            add("The same from scratch", percent(number))
        }
        if let epochs = record.facts["epochs"]?.number, let seconds = record.facts["seconds"]?.number {
            add("Training", "\(Int(epochs)) epochs", durationText(seconds))
        }
        return .tag("dl", ["class": "cards"], HTML(cards))
    }

    private func sections(_ predictions: Predictions?, prefix: String) throws -> [Page.Section] {
        var sections: [Page.Section] = []
        let (drawings, problems) = PageDrawings(folder, record, smoothing: smoothing).all()
        for figure in Figure.all(in: folder, and: drawings.keys) {
            guard let content = figure.html(links, prefix: prefix, showing: drawings[figure.name]) else {
                continue
            }
            let id = figure.name.replacing(#/[^A-Za-z0-9_]/#, with: "-")
            sections.append(
                Page.Section(id: "\(prefix)\(id)-section", title: figure.title, content: content))
        }
        if let predictions {
            let mistakes = Page.Section(
                id: "\(prefix)mistakes", title: "Look at the mistakes",
                content: try ErrorExplorer(predictions, thumbnail: thumbnail).html())
            let place = sections.firstIndex { $0.title == "Confusion matrix" }.map { $0 + 1 }
            sections.insert(mistakes, at: place ?? sections.endIndex)
        }
        sections += [
            ("multilabel_confusion_matrix.csv", "Confusion by class"),
            ("classification_report.csv", "Classification report"), ("summary.csv", "Metrics"),
            ("folds.csv", "Results by fold"),
        ].compactMap { file, title in table(file, title, prefix: prefix) }
        if !isOfFolds { sections.append(settings(prefix)) }
        sections.append(files(prefix, problems))
        return sections
    }

    /// A small table, as it is in the folder.
    private func table(_ file: String, _ title: String, prefix: String) -> Page.Section? {
        guard let reader = try? CSVReader(contentsOf: folder.appending(path: file)) else { return nil }
        let rows = reader.records.map { record in
            record.fields.enumerated().map { index, field -> HTML in
                guard index > 0, let number = Double(field), Int(field) == nil else { return .text(field) }
                return .text(String(format: "%.4f", number))
            }
        }
        return Page.Section(
            id: "\(prefix)\(file.dropLast(4))-section", title: title,
            content: [
                .table(title, header: reader.header, rows: rows) { column in
                    reader.records.allSatisfy { record in
                        record.fields[column].isEmpty || Double(record.fields[column]) != nil
                    }
                },
                .tag("div", [:], links.link(file) ?? []),
            ])
    }

    private func settings(_ prefix: String) -> Page.Section {
        let facts = record.facts.filter {
            $0.key.contains(".") || ["name", "seed", "description"].contains($0.key)
        }
        .sorted { Fact.isBefore(.text($0.key), .text($1.key)) }
        let others = record.facts.filter { !$0.key.contains(".") }
            .sorted { $0.key < $1.key }
        func list(_ facts: [(key: String, value: Fact)], _ caption: String) -> HTML {
            .table(
                caption, header: ["name", "value"],
                rows: facts.map { [.text($0.key), .text($0.value.description)] }, isNumeric: { _ in false })
        }
        let configuration =
            (try? String(contentsOf: folder.appending(path: "config.yaml"), encoding: .utf8)) ?? ""
        return Page.Section(
            id: "\(prefix)settings", title: "Settings and origin",
            content: [
                .tag(
                    "details", [:],
                    [
                        .tag("summary", [:], "The configuration"),
                        .tag("pre", ["tabindex": "0"], .text(configuration)),
                        .tag("div", [:], links.link("config.yaml") ?? []),
                    ]),
                .tag(
                    "details", [:],
                    [.tag("summary", [:], "Results and circumstances"), list(others, "Of the run")]),
                // The configuration again, with all that follows from it: pages of print.
                .tag(
                    "details", ["class": "screen"],
                    [.tag("summary", [:], "All names and values"), list(facts, "Settings and details")]),
            ])
    }

    private func files(_ prefix: String, _ problems: [String]) -> Page.Section {
        let names =
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? [])
            .filter {
                !$0.hasPrefix(".")
                    && ($0.hasSuffix(".csv") || $0.hasSuffix(".json") || $0.hasSuffix(".jsonl"))
            }
            .sorted()
        return Page.Section(
            id: "\(prefix)files", title: "Files",
            content: [
                HTML(problems.map { .tag("p", ["role": "alert"], .text($0)) }),
                .tag("div", [:], HTML(names.compactMap { links.link($0) })),
            ])
    }
}
