import Foundation
import Graft

/// `graft predict`
enum PredictCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "predict",
        abstract: "Classify pictures with a finished run's network, or a Keras model.",
        discussion: """
            MODEL is the folder of a run, or a file with a whole Keras model: .h5, .hdf5 or .keras. Of a
            file, --preprocess says how pixels are scaled; without it, they are not where the model begins with a
            Rescaling or Normalization, and else scaled as the architecture expects that the file's weights
            fit, if any does. As in Keras, what a JPEG's EXIF says of its orientation is passed over. Of a
            network that tells each of several classes by itself (a run with several labels a picture, or a
            file that ends with sigmoids), all classes above 50 % are printed.
            """,
        operands: [
            .init(name: "MODEL", help: "A run's folder, experiments/runs/NAME-001, or a Keras model."),
            .init(name: "IMAGE", help: "JPEG, PNG or TIFF files, or folders of them.", isRepeated: true),
        ],
        options: [
            .init(
                name: "csv", value: "FILE",
                help: "Write every class's score too, a row a picture; - for standard output."),
            .init(
                name: "top", value: "N", help: "How many classes to print of each picture; 3 if not given.",
                completion: .nothing),
        ] + CommandSpecification.Option.kerasModel,
        examples: [
            ("predict experiments/runs/fer2013-mobilenet-001 face.jpg", "One picture"),
            ("predict keras_model.h5 *.jpg --labels labels.txt --preprocess tf", "A Keras model"),
            ("predict experiments/runs/flowers-001 *.png --csv scores.csv", "Many, with all scores"),
        ])

    static func run(_ arguments: Arguments) throws {
        let top = try arguments.integer("top", atLeast: 1, command: specification.name) ?? 3
        try checkTarget(arguments)
        let classifier = try arguments.classifier(command: specification.name)
        let files = try arguments.pictures(after: 1, command: specification.name)
        let width = files.map(\.count).max() ?? 0
        Interruption.listen()
        var rows: [[String]] = []
        for batch in batches(of: files) {
            try Interruption.check()
            let scores = try classifier.scores(of: batch.map { try Image(contentsOfFile: $0) })
            for (file, scores) in zip(batch, scores) {
                rows.append([file] + scores.map { decimals($0, 7) })
                guard arguments.value("csv") != "-" else { continue }
                let padded = file + String(repeating: " ", count: width - file.count)
                Terminal.output.print("\(padded)  \(text(top, scores, classifier))")
            }
        }
        guard let target = arguments.value("csv") else { return }
        let table = CSVTable(header: ["file"] + classifier.classNames, rows: rows)
        if target == "-" { return Terminal.output.write(table.text) }
        try Data(table.text.utf8).write(to: URL(filePath: target), options: .atomic)
    }

    /// Refuses a table that could not be written, before all pictures are classified for it.
    private static func checkTarget(_ arguments: Arguments) throws {
        guard let target = arguments.value("csv"), target != "-" else { return }
        let folder = URL(filePath: target).deletingLastPathComponent().path(percentEncoded: false)
        guard ModelArgument.isFolder(folder), !ModelArgument.isFolder(target) else {
            throw UsageError.badValue(
                option: "csv", expected: "a file in a folder that is there", found: target,
                command: specification.name)
        }
    }

    /// Single pictures for an answer at once, then full batches, and what is left again one by one, so that a
    /// large network is planned for two sizes at most.
    private static func batches(of files: [String]) -> [ArraySlice<String>] {
        let full = max(0, files.count - 1) / batchSize
        let singles = [files.indices.prefix(1), files.indices.dropFirst(1 + full * batchSize)]
            .map { $0.map { files[$0...$0] } }
        let batches = (0..<full).map { files.dropFirst(1 + $0 * batchSize).prefix(batchSize) }
        return singles[0] + batches + singles[1]
    }

    private static let batchSize = 16

    /// The likeliest classes; of a network that tells each class by itself, all that are likelier than not.
    private static func text(_ count: Int, _ scores: [Double], _ classifier: ImageClassifier) -> String {
        guard classifier.isMultiLabel else { return best(count, of: scores, classifier.classNames) }
        let likely = scores.indices.filter { scores[$0] > MultiLabelPredictions.usualThreshold }
        guard !likely.isEmpty else { return "none of the classes" }
        return best(likely.count, of: likely.map { scores[$0] }, likely.map { classifier.classNames[$0] })
    }

    private static func best(_ count: Int, of scores: [Double], _ classNames: [String]) -> String {
        let order = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
        return order.prefix(count).enumerated().map { rank, index in
            let text = "\(classNames[index]) \(percent(scores[index]))"
            return rank == 0 ? Terminal.output.style.bold(text) : text
        }.joined(separator: "  ")
    }
}
