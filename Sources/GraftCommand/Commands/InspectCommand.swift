import Foundation
import Graft

/// `graft inspect`
enum InspectCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "inspect",
        abstract: "Show what a Keras weights file holds, and which architecture it fits.",
        discussion: """
            Reads the files of Keras 1, 2 and 3: weights alone (.h5, .weights.h5) and the weights in whole
            models (.h5, .hdf5, .keras). Nothing is changed.
            """,
        operands: [.init(name: "FILE", help: "The file.")],
        options: [.init(name: "json", help: "Print everything as JSON.")],
        examples: [
            ("inspect pretrained/mobilenet_1_0_224_tf_no_top.h5", "Before you name a file in a configuration")
        ])

    static func run(_ arguments: Arguments) throws {
        let file = try WeightsFile(arguments.operands[0])
        let (summary, match) = (file.summary, file.architectureMatch)
        // A configuration that makes no sense is not what keeps a file from being described.
        let model = Result { try ModelFile(file).outline() }
        if arguments.has("json") {
            let description = Description(
                summary: summary, architecture: match?.description, model: try? model.get())
            return Terminal.output.print(try JSONText.pretty(description))
        }
        let (output, style) = (Terminal.output, Terminal.output.style)
        output.print(style.bold(summary.file))
        output.print("format        \(summary.format.title)")
        output.print("Keras         \(summary.kerasVersion ?? "the file does not say")")
        if let backend = summary.backend { output.print("backend       \(backend)") }
        output.print("architecture  \(match?.description ?? "none that Graft knows")")
        for line in lines(model) { output.print(line) }
        output.print("parameters    \(grouped(summary.parameterCount)) (\(byteText(summary.byteCount)))")
        if !summary.ignored.isEmpty {
            output.print("not read      \(summary.ignored.joined(separator: ", "))")
        }
        output.print()
        output.print(table(summary).text(style: style))
    }

    /// What the file says of the model, and what of it is not supported.
    private static func lines(_ model: Result<ModelOutline, any Error>) -> [String] {
        switch model {
        case .failure(KerasFileError.noModel): return ["model         none; the file has weights alone"]
        case .failure(let error): return ["model         \(error)"]
        case .success(let model):
            let ends = [("in", model.inputs), ("out", model.outputs)].filter { $0.1.count > 1 }
                .map { ", \($0.0): \($0.1.joined(separator: ", "))" }.joined()
            return [
                "model         \(model.className) '\(model.name)', \(counted(model.layerCount, "layer"))\(ends)"
            ]
                + model.unsupported.map { "unsupported   \($0)" }
                + model.notes.map { "note          \($0)" }
        }
    }

    private static func table(_ summary: WeightsSummary) -> TextTable {
        var table = TextTable([
            ("LAYER", .left), ("CLASS", .left), ("ARRAYS", .left), ("PARAMETERS", .right),
        ])
        for layer in summary.layers {
            let arrays = layer.arrays.map { array in
                let type = array.type == .float32 ? "" : " \(array.type.rawValue)"
                return "\(array.name) \(array.shape)\(type)"
            }
            table.add([
                layer.name, layer.className ?? "-", arrays.isEmpty ? "-" : arrays.joined(separator: ", "),
                grouped(layer.parameterCount),
            ])
        }
        return table
    }

    /// What `--json` prints.
    private struct Description: Encodable {
        var summary: WeightsSummary
        var architecture: String?
        var model: ModelOutline?

        private enum Keys: String, CodingKey { case architecture, model }

        func encode(to encoder: any Encoder) throws {
            try summary.encode(to: encoder)
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(architecture, forKey: .architecture)
            try container.encode(model, forKey: .model)
        }
    }
}
