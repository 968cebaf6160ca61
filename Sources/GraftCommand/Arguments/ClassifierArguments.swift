import Graft

extension CommandSpecification.Option {
    /// What a command that takes a Keras model for MODEL has to be told.
    static let kerasModel: [Self] = [
        .init(
            name: "preprocess", value: "MODE",
            help: "For a Keras model: caffe, tf (-1 to 1), torch, unit (0 to 1) or none.",
            completion: .words(ModelConfiguration.Preprocessing.allCases.map(\.rawValue))),
        .init(
            name: "labels", value: "FILE",
            help: "For a Keras model: the classes' names, one a line, in the order of the outputs."),
        .init(
            name: "output", value: "LAYER",
            help: "For a Keras model with several outputs: the one that tells classes.",
            completion: .nothing),
        .init(
            name: "input-size", value: "N",
            help: "For a Keras model that takes pictures of any size: their height and width.",
            completion: .nothing),
    ]
}

extension Arguments {
    /// The classifier that the first operand is: a run's, or a Keras model's with what the options say of it.
    /// - Throws: `UsageError`, and whatever the files give cause for.
    func classifier(command: String) throws -> ImageClassifier {
        let path = operands[0]
        switch try ModelArgument(path) {
        case .kerasModel(let file):
            let model = try model(of: file, command)
            // What gives more than a list of numbers is refused by the classifier, whatever the names.
            let names = try value("labels").flatMap { labels in
                try model.classCount.map {
                    try LabelFile.names(in: labels, count: $0, command: command)
                }
            }
            let scaling = try scaling(of: model, in: file.weights, command)
            let classifier = try ImageClassifier(model, classNames: names, scaling: scaling)
            if classifier.isMultiLabel {
                Terminal.error.print(
                    "the model ends with sigmoids and tells each class by itself: all above 50 % are listed")
            }
            return classifier
        case .run(let path):
            try refuseKerasOptions(for: path, command: command)
            return try TrainedModel(try RunFolder.open(path)).classifier
        }
    }

    /// Refuses what only a Keras model has to be told.
    /// - Parameter run: the run that MODEL is.
    func refuseKerasOptions(for run: String, command: String) throws(UsageError) {
        for option in CommandSpecification.Option.kerasModel where has(option.name) {
            throw .badValue(
                option: option.name, expected: "a Keras model for MODEL, as a run knows this itself",
                found: run, command: command)
        }
    }

    /// The model, cut behind the output that is wanted.
    private func model(of file: ModelFile, _ command: String) throws -> KerasModel {
        let model = try file.model(self, command: command)
        if let output = value("output") { return try model.until(output) }
        let outputs = model.network.outputs.map { model.network.nodes[$0].name }
        guard outputs.count == 1 else {
            throw UsageError.neededOption(
                "output", because: "the model has the outputs \(outputs.joined(separator: ", "))",
                command: command)
        }
        return model
    }

    private func scaling(
        of model: KerasModel, in weights: WeightsFile, _ command: String
    ) throws -> PixelScaling {
        if let mode = value("preprocess") {
            let modes = ModelConfiguration.Preprocessing.allCases.map(\.rawValue)
            guard modes.contains(mode) else {
                throw UsageError.badValue(
                    option: "preprocess", expected: modes.joined(separator: ", "), found: mode,
                    command: command)
            }
            return try PixelScaling.named(mode)
        }
        if let layer = model.scalingLayer {
            Terminal.error.print("the model scales pixels itself, in layer '\(layer)': --preprocess none")
            return try PixelScaling.named("none")
        }
        guard let match = weights.architectureMatch,
            let name = match.name.split(separator: " ").first.map(String.init),
            let architecture = try? Architecture.named(name)
        else {
            let modes = ModelConfiguration.Preprocessing.allCases.map(\.rawValue)
            throw UsageError.neededOption(
                "preprocess",
                because:
                    "how pixels are scaled (\(modes.joined(separator: ", "))) cannot be told from a file that "
                    + "fits no architecture that Graft knows", command: command)
        }
        Terminal.error.print(
            "pixels are scaled as \(architecture.displayName) expects: "
                + "--preprocess \(architecture.inputScaling.rawValue)")
        return try PixelScaling.named(architecture.inputScaling.rawValue)
    }

    /// The pictures that operands name, and those in the folders that they name.
    func pictures(after first: Int, command: String) throws -> [String] {
        try operands.dropFirst(first).flatMap { path in
            guard ModelArgument.isFolder(path) else { return [path] }
            let files = try Image.files(inFolder: path)
            guard !files.isEmpty else {
                throw UsageError.badOperand(
                    "IMAGE", expected: "a picture, or a folder with JPEG, PNG or TIFF files", found: path,
                    command: command)
            }
            return files
        }
    }
}
