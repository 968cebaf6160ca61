import Foundation
import Graft

/// `graft explain`
enum ExplainCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "explain",
        abstract: "Show where in pictures a network sees a class.",
        discussion: """
            For each picture, writes NAME.METHOD.svg (the picture, the map upon it, the likeliest classes), .csv (the
            map's numbers) and .png; and METHOD.svg, an overview of all. MODEL is as for 'graft predict'. A picture in a
            folder that is called like a class counts as being of that class.

            grad-cam takes the gradient of the class's score (the logit: the number before softmax or sigmoid) at a
            layer, the last that gives a map before pooling unless --layer names another. occlusion covers one part of
            the picture after the other and shows how far the class's probability falls: slower, for any network.

            With --mistakes and no pictures, a run's surest mistakes on its test pictures are explained, with a map for
            the class that was predicted and one for the true class; where pictures are of several classes each, with a
            map for the class that was told wrongly. The overview is mistakes.METHOD.svg.

            --weights writes weight_change.svg and .csv into the run's folder: how far training has moved each layer from
            the imported weights. A run writes them at its end; this is for runs that were made before.
            """,
        operands: [
            .init(name: "MODEL", help: "A run's folder, experiments/runs/NAME-001, or a Keras model."),
            .init(
                name: "IMAGE", help: "JPEG, PNG or TIFF files, or folders of them.", isRequired: false,
                isRepeated: true),
        ],
        options: [
            .init(
                name: "class", value: "NAME",
                help: "The class to look for, by name or number from 0; the predicted one if not given. "
                    + "May be given several times.",
                isRepeated: true, completion: .nothing),
            .init(
                name: "method", value: "METHOD", help: "grad-cam (the default) or occlusion.",
                completion: .words(["grad-cam", "occlusion"])),
            .init(
                name: "layer", value: "NAME", help: "For grad-cam: the layer whose output is looked at.",
                completion: .nothing),
            .init(
                name: "patch", value: "N",
                help:
                    "For occlusion: the patch's side in pixels of the network's input; a seventh if not given.",
                completion: .nothing),
            .init(
                name: "stride", value: "N",
                help: "For occlusion: how far the patch moves; half of itself if not given.",
                completion: .nothing),
            .init(
                name: "fill", value: "FILL",
                help: "For occlusion: the picture's mean colour (mean), or 0 in the network's input (zero).",
                completion: .words(Occlusion.Fill.allCases.map(\.rawValue))),
            .init(
                name: "mistakes", value: "N", help: "Explain the run's N surest mistakes.",
                completion: .nothing),
            .init(name: "weights", help: "Show what fine-tuning has moved, layer by layer."),
            .init(
                name: "out", value: "FOLDER",
                help: "Where it is written; RUN/explanations, or explanations here, if not given."),
        ] + CommandSpecification.Option.kerasModel,
        examples: [
            ("explain experiments/runs/flowers-001 rose.jpg", "Where is the rose?"),
            ("explain experiments/runs/flowers-001 --mistakes 24", "What misled it?"),
            ("explain experiments/runs/flowers-001 --weights", "What has fine-tuning moved?"),
            (
                "explain keras_model.h5 *.jpg --labels labels.txt --class cat --method occlusion",
                "A Keras model"
            ),
        ])

    static func run(_ arguments: Arguments) throws {
        if arguments.has("weights") { return try explainWeights(arguments) }
        let method = try method(arguments)
        let mistakes = try arguments.integer("mistakes", atLeast: 1, command: specification.name)
        try check(arguments, explainsMistakes: mistakes != nil)
        Interruption.listen()
        if let mistakes {
            let folder = try RunFolder.open(arguments.operands[0])
            let (found, classifier) = try ProgressBar.with("looking at pictures") { observe in
                try MistakenPicture.surest(mistakes, of: folder, observe: observe)
            }
            return try explain(
                found, classifier, method, arguments, title: "The surest mistakes", named: "mistakes")
        }
        let classifier = try arguments.classifier(command: specification.name)
        let labels = try arguments.all("class").map { try label($0, among: classifier.classNames) }
        let pictures = try arguments.pictures(after: 1, command: specification.name).map { file in
            ExplainedPicture(file, labels: labels, for: classifier)
        }
        try explain(pictures, classifier, method, arguments, title: "What the network saw")
    }

    private static func explain(
        _ pictures: [ExplainedPicture], _ classifier: ImageClassifier, _ method: Explainer.Method,
        _ arguments: Arguments, title: String, named prefix: String? = nil
    ) throws {
        let explainer = try Explainer(classifier, method: method)
        if let remark = explainer.remark { Terminal.error.print("note: \(remark)") }
        let folder = try target(arguments)
        var writer = ExplanationWriter(folder: folder, of: explainer)
        var bar = ProgressBar("explaining", total: 100 * pictures.count)
        defer { bar.clear() }
        for (index, picture) in pictures.enumerated() {
            let explanation = try explainer.explanation(
                of: try picture.image(), classes: picture.labels
            ) { done, total in
                bar.update(100 * index + 100 * done / total)
                try Interruption.check()
            }
            try writer.write(
                explanation, named: picture.name, source: picture.source, truth: picture.truth)
        }
        let overview = try writer.writeOverview(title: title, named: prefix)
        bar.clear()
        Terminal.output.print(
            "\(counted(pictures.count, "picture")) by \(explainer.method); overview in "
                + Terminal.output.style.cyan(RunFolder(url: overview).path()))
    }

    private static func explainWeights(_ arguments: Arguments) throws {
        let others = specification.options.map(\.name).filter { !["weights", "out"].contains($0) }
        for option in others where arguments.has(option) { throw useless(option, "--weights is no picture") }
        guard arguments.operands.count == 1 else { throw useless("weights", "pictures are named") }
        let run = try RunFolder.open(arguments.operands[0])
        let model = try TrainedModel(run)
        guard let evidence = try WeightChangeEvidence(model) else {
            throw ExperimentError.nothingImported(run: model.configuration.name)
        }
        let folder = arguments.value("out").map { URL(filePath: $0, directoryHint: .isDirectory) } ?? run.url
        try evidence.write(to: folder)
        let drawing = RunFolder(url: folder).path("weight_change.svg")
        Terminal.output.print(
            "\(counted(evidence.change.layers.count, "layer")); drawing in "
                + Terminal.output.style.cyan(drawing))
    }

    private static func target(_ arguments: Arguments) throws -> URL {
        if let out = arguments.value("out") { return URL(filePath: out, directoryHint: .isDirectory) }
        let model = arguments.operands[0]
        let parent = ModelArgument.isFolder(model) ? model : FileManager.default.currentDirectoryPath
        return URL(filePath: parent, directoryHint: .isDirectory)
            .appending(path: "explanations", directoryHint: .isDirectory)
    }

    // MARK: Options

    private static func method(_ arguments: Arguments) throws -> Explainer.Method {
        let name = arguments.value("method") ?? "grad-cam"
        guard ["grad-cam", "occlusion"].contains(name) else {
            throw bad("method", "grad-cam or occlusion", name)
        }
        let isOcclusion = name == "occlusion"
        for option in isOcclusion ? ["layer"] : ["patch", "stride", "fill"] where arguments.has(option) {
            throw useless(option, "it is for \(isOcclusion ? "grad-cam" : "occlusion")")
        }
        guard isOcclusion else { return .gradCAM(layer: arguments.value("layer")) }
        let fill = arguments.value("fill") ?? Occlusion.Fill.mean.rawValue
        guard let fill = Occlusion.Fill(rawValue: fill) else { throw bad("fill", "mean or zero", fill) }
        return .occlusion(
            patch: try arguments.integer("patch", atLeast: 1, command: specification.name),
            stride: try arguments.integer("stride", atLeast: 1, command: specification.name), fill: fill)
    }

    private static func check(_ arguments: Arguments, explainsMistakes: Bool) throws {
        let hasPictures = arguments.operands.count > 1
        guard explainsMistakes else {
            if hasPictures { return }
            throw UsageError.missingOperand(
                "IMAGE, or --mistakes N, or --weights", command: specification.name)
        }
        if hasPictures { throw useless("mistakes", "pictures are named") }
        if arguments.has("class") {
            throw useless("class", "of mistakes, the predicted and the true class are looked for")
        }
        for option in CommandSpecification.Option.kerasModel where arguments.has(option.name) {
            throw useless(option.name, "--mistakes is for runs, which know this themselves")
        }
    }

    /// A class by its name, or else by its number.
    private static func label(_ text: String, among names: [String]) throws -> Int {
        if let label = names.firstIndex(of: text) { return label }
        if let number = Int(text), names.indices.contains(number) { return number }
        throw bad(
            "class",
            "one of \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")"
                + ", or a number from 0 to \(names.count - 1)", text)
    }

    private static func bad(_ option: String, _ expected: String, _ found: String) -> UsageError {
        .badValue(option: option, expected: expected, found: found, command: specification.name)
    }

    private static func useless(_ option: String, _ reason: String) -> UsageError {
        .uselessOption(option, because: reason, command: specification.name)
    }
}
