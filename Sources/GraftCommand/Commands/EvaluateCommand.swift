import Foundation
import Graft

/// `graft evaluate`
enum EvaluateCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "evaluate",
        abstract: "Judge a finished run's network, by its test pictures or by others.",
        discussion: """
            Without --data, the run's own pictures are split again as they were for the training. With it, the
            network is judged by other pictures of the same classes: a folder of folders, FER-2013's CSV file,
            or a folder of IDX files. The evidence is written to a new folder in the run's, with the
            pictures of the surest mistakes, the least certain ones and one of each confusion. Probabilities are
            given at the run's temperature, where it has one.
            """,
        operands: [.init(name: "RUN", help: "The run's folder: experiments/runs/NAME-001.")],
        options: [
            .init(name: "data", value: "PATH", help: "Other pictures: a folder, a .csv file, or IDX files."),
            .init(
                name: "split", value: "SPLIT",
                help: "Which of the pictures: train, validation or test (the default).",
                completion: .words(Split.allCases.map(\.rawValue))),
            .init(
                name: "to", value: "FOLDER",
                help: "Where the evidence is written; RUN/evaluations/… if not given."),
            .init(name: "skip-broken", help: "Leave out pictures that cannot be read, and count them."),
        ],
        examples: [
            ("evaluate experiments/runs/fer2013-mobilenet-001", "The test pictures once more"),
            ("evaluate experiments/runs/fer2013-mobilenet-001 --data ~/jaffe", "Pictures of another source"),
        ])

    static func run(_ arguments: Arguments) throws {
        let split = try arguments.split(command: specification.name)
        let folder = try RunFolder.open(arguments.operands[0])
        let model = try TrainedModel(folder)
        let dataset = try dataset(arguments, model)
        Interruption.listen()
        let unscaled = try unscaledJudgement(of: model, on: dataset, split)
        let judgement = try unscaled.scaled(by: model.classifier.temperature)
        let target =
            try arguments.value("to").map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? RunFolder.create(
                named: arguments.has("data") ? "data" : split.rawValue, in: folder.file("evaluations")
            ).url
        try EvidenceWriter(folder: target).write(unscaled, at: model.classifier.temperature)
        if let predictions = judgement.single {
            try GalleryEvidence(predictions, of: dataset).write(to: target)
        }
        try report(judgement, skipped: dataset.skipped.count, RunFolder(url: target))
    }

    private static func dataset(_ arguments: Arguments, _ model: TrainedModel) throws -> Dataset {
        let skips = arguments.has("skip-broken")
        guard let path = arguments.value("data") else {
            guard !skips else {
                throw UsageError.uselessOption(
                    "skip-broken", because: "without --data, the pictures are those of the run",
                    command: specification.name)
            }
            return try model.ownPictures()
        }
        return try model.pictures(
            from: DataConfiguration(
                source: .guessed(path, for: model.classifier), onError: skips ? .skip : .fail))
    }

    private static func unscaledJudgement(
        of model: TrainedModel, on dataset: Dataset, _ split: Split
    ) throws -> Judgement {
        var bar: ProgressBar?
        defer { bar?.clear() }
        return try model.unscaledJudgement(on: dataset, split: split) { done, total in
            if bar == nil { bar = ProgressBar("evaluating", total: total) }
            bar?.update(done)
            try Interruption.check()
        }
    }

    private static func report(_ judgement: Judgement, skipped: Int, _ folder: RunFolder) throws {
        let (output, style) = (Terminal.output, Terminal.output.style)
        output.print(
            "\(counted(judgement.count, "picture")) in \(judgement.classNames.count) classes"
                + (skipped == 0 ? "" : style.yellow(", \(grouped(skipped)) skipped")))
        var table = TextTable([
            ("CLASS", .left), ("PRECISION", .right), ("RECALL", .right), ("F1-SCORE", .right),
            ("SUPPORT", .right),
        ])
        for row in lines(of: judgement) {
            table.add(
                [row.name] + [row.precision, row.recall, row.f1Score].map { decimals($0, 4) }
                    + [grouped(row.support)])
        }
        output.print(table.text(style: style))
        let results = try RunSummary.Results(judgement)
        output.print(
            "\naccuracy \(percent(results.accuracy))  balanced \(percent(results.balancedAccuracy))  "
                + "AUC (macro) \(results.macroAUC.map { decimals($0, 4) } ?? "-")  "
                + "log loss \(decimals(results.logLoss, 4))"
                + (results.hammingLoss.map { "  Hamming loss \(decimals($0, 4))" } ?? ""))
        output.print("reports in \(style.cyan(folder.path()))")
    }

    private static func lines(of judgement: Judgement) -> [ClassificationReport.Scores] {
        switch judgement {
        case .single(let predictions):
            let report = ClassificationReport(predictions)
            return report.classes + [report.macroAverage, report.weightedAverage]
        case .multiple(let predictions):
            let report = MultiLabelReport(predictions)
            return report.classes + report.averages
        }
    }
}

extension DataConfiguration.Source {
    /// What a path on the command line most likely is.
    static func guessed(_ path: String, for classifier: ImageClassifier) -> Self {
        if classifier.isMultiLabel { return .multiLabelCSV(path) }
        if path.lowercased().hasSuffix(".csv") { return .fer2013CSV(path) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.contains { $0.contains("idx3-ubyte") } ? .idx(path) : .imageFolder(path)
    }
}
