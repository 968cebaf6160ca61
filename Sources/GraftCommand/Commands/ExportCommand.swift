import Foundation
import Graft

/// `graft export`
enum ExportCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "export",
        abstract: "Write a run's network, or a Keras model, as a file that Keras opens.",
        discussion: """
            The format follows from the file's name: .keras for Keras 3's archive, .h5 for a whole model that
            Keras 2 and 3 open, .weights.h5 for the weights alone. Layers that the last stage of a run froze are
            not `trainable` in Keras either. The temperature of a run that has one goes into its last layer.
            """,
        operands: [.init(name: "MODEL", help: "A run's folder, or a Keras model: .h5, .hdf5, .keras.")],
        options: [
            .init(name: "to", value: "FILE", help: "The file to write; needed."),
            .init(
                name: "input-size", value: "N",
                help: "For a Keras model that takes pictures of any size: their height and width.",
                completion: .nothing),
        ],
        examples: [
            ("export experiments/runs/flowers-001 --to flowers.keras", "For keras.models.load_model"),
            ("export keras_model.h5 --to keras_model.keras", "An old model, for Keras 3"),
        ])

    static func run(_ arguments: Arguments) throws {
        let path = arguments.operands[0]
        guard let target = arguments.value("to") else {
            throw UsageError.missingValue(option: "to", value: "FILE", command: specification.name)
        }
        switch try ModelArgument(path) {
        case .kerasModel(let file):
            let model = try file.model(arguments, command: specification.name)
            try ModelWriter(model).write(model.parameters, to: target)
            let losing = model.network.layersLosingAxes
            if case .legacy = try ModelWriter.Format(path: target), !losing.isEmpty {
                Terminal.error.print(
                    "note: Keras 3 loses the axes of \(losing.map { "'\($0)'" }.joined(separator: ", ")) in any .h5, "
                        + "while Keras 2 keeps them; for Keras 3, write a .keras file")
            }
            if model.losesNesting {
                Terminal.error.print(
                    "note: models in the model become layers of one model, because a shared layer was taken apart"
                )
            }
        case .run(let path):
            if arguments.has("input-size") {
                throw UsageError.uselessOption(
                    "input-size", because: "a run knows this itself", command: specification.name)
            }
            let trained = try TrainedModel(try RunFolder.open(path))
            try ModelWriter(trained.classifier.network, frozen: try trained.frozenLayers())
                .write(trained.scaledParameters, to: target)
            if let scaling = trained.classifier.temperature {
                Terminal.output.print(
                    "the last layer's weights are divided by the temperature \(decimals(scaling.temperature, 4))"
                )
            }
        }
        let size = try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int ?? 0
        Terminal.output.print("\(target)  \(byteText(size))")
    }
}
