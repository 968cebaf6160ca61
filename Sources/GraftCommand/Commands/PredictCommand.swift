import Foundation
import Graft

/// `graft predict`
enum PredictCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "predict",
        abstract: "Classify pictures with a finished run's network.",
        operands: [
            .init(name: "RUN", help: "The run's folder: experiments/runs/NAME-001."),
            .init(name: "IMAGE", help: "JPEG, PNG or TIFF files.", isRepeated: true),
        ],
        options: [
            .init(
                name: "csv", value: "FILE",
                help: "Write every class's probability too, a row a picture; - for standard output."),
            .init(
                name: "top", value: "N", help: "How many classes to print of each picture; 3 if not given.",
                completion: .nothing),
        ],
        examples: [
            ("predict experiments/runs/fer2013-mobilenet-001 face.jpg", "One picture"),
            ("predict experiments/runs/fer2013-mobilenet-001 faces/*.png --csv scores.csv", "Many"),
        ])

    static func run(_ arguments: Arguments) throws {
        let model = try TrainedModel(try RunFolder.open(arguments.operands[0]))
        let top = try arguments.integer("top", atLeast: 1, command: specification.name) ?? 3
        let files = arguments.operands.dropFirst()
        let width = files.map(\.count).max() ?? 0
        Interruption.listen()
        var rows: [[String]] = []
        // One at a time: the first answers come at once, and one plan serves for all.
        for file in files {
            try Interruption.check()
            let scores = try model.probabilities(of: [try Image(contentsOfFile: file)])[0]
            rows.append([file] + scores.map(CSVTable.field))
            guard arguments.value("csv") != "-" else { continue }
            let padded = file + String(repeating: " ", count: width - file.count)
            Terminal.output.print("\(padded)  \(best(top, of: scores, model.classNames))")
        }
        guard let target = arguments.value("csv") else { return }
        let table = CSVTable(header: ["file"] + model.classNames, rows: rows)
        if target == "-" { return Terminal.output.write(table.text) }
        try Data(table.text.utf8).write(to: URL(filePath: target), options: .atomic)
    }

    private static func best(_ count: Int, of scores: [Double], _ classNames: [String]) -> String {
        let order = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
        return order.prefix(count).enumerated().map { rank, index in
            let text = "\(classNames[index]) \(percent(scores[index]))"
            return rank == 0 ? Terminal.output.style.bold(text) : text
        }.joined(separator: "  ")
    }
}
