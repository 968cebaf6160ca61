import Foundation
import Graft

/// `graft embed`
enum EmbedCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "embed",
        abstract: "Draw a map of pictures as a network sees them inside.",
        discussion: """
            Takes what the network makes of each picture just before it tells the classes (the input of its last dense
            layer, or the output of --layer; maps are averaged over their pixels), and puts that on a plane:
            embedding_METHOD.svg, with mistakes ringed, and .csv. Of a run, those are its test pictures. Pictures of
            several classes each are marked by which those are together, the ten most frequent ones apart.

            pca keeps the two directions in which pictures differ the most: distances mean what they say, and the axes
            tell how much of the variance they show. tsne keeps neighbours together: groups are real, but neither
            their sizes nor the distances between them mean much. Up to 4000 pictures it is exact; of more, forces are
            worked out by the method of Barnes and Hut, as scikit-learn does.
            """,
        operands: [
            .init(name: "MODEL", help: "A run's folder, experiments/runs/NAME-001, or a Keras model.")
        ],
        options: [
            .init(
                name: "data", value: "PATH",
                help: "Other pictures: a folder, a .csv file, or IDX files; needed for a Keras model."),
            .init(
                name: "split", value: "SPLIT",
                help: "Which of the pictures: train, validation or test (the default).",
                completion: .words(Split.allCases.map(\.rawValue))),
            .init(
                name: "method", value: "METHOD", help: "pca (the default) or tsne.",
                completion: .words(["pca", "tsne"])),
            .init(
                name: "layer", value: "NAME", help: "The layer whose output is taken.", completion: .nothing),
            .init(
                name: "perplexity", value: "P",
                help: "For tsne: how many neighbours of each picture count, about; 30 if not given.",
                completion: .nothing),
            .init(
                name: "limit", value: "N",
                help: "At most so many pictures, drawn by --seed so that each class keeps its share; "
                    + "10000 if not given.", completion: .nothing),
            .init(name: "seed", value: "N", help: "0 if not given.", completion: .nothing),
            .init(
                name: "out", value: "FOLDER",
                help: "Where it is written; the run's folder, or embedding here, if not given."), .threads,
        ] + CommandSpecification.Option.kerasModel,
        examples: [
            ("embed experiments/runs/flowers-001", "The test pictures"),
            ("embed experiments/runs/flowers-001 --method tsne --split train", "Groups among the others"),
            ("embed keras_model.h5 --data pictures --labels labels.txt --preprocess tf", "A Keras model"),
        ])

    static func run(_ arguments: Arguments) throws {
        let method = try method(arguments)
        let limit = try arguments.integer("limit", atLeast: 3, command: specification.name) ?? 10000
        let seed = try seed(arguments)
        let split = try arguments.split(command: specification.name)
        try arguments.setThreads(command: specification.name)
        Interruption.listen()
        let (classifier, dataset) = try classifierAndPictures(arguments)
        let indices = try indices(of: dataset, split, limit: limit, seed: seed)
        let extractor = try FeatureExtractor(classifier, layer: arguments.value("layer"))
        let features = try ProgressBar.with("looking at pictures") { observe in
            try extractor.features(of: dataset, indices: indices, observe: observe)
        }
        let map = try ProgressBar.with("t-SNE") { observe in
            try EmbeddingMap(
                features, of: dataset, classNames: classifier.classNames, layer: extractor.layer,
                method: method, observe: observe)
        }
        let drawing = try map.write(to: target(arguments))
        Terminal.output.print(
            "\(counted(indices.count, "picture")), \(map.figure.subtitle)\n"
                + "map in \(Terminal.output.style.cyan(RunFolder(url: drawing).path()))")
    }

    private static func classifierAndPictures(
        _ arguments: Arguments
    ) throws -> (ImageClassifier, Dataset) {
        let data = arguments.value("data")
        if case .run(let path) = try ModelArgument(arguments.operands[0]) {
            try arguments.refuseKerasOptions(for: path, command: specification.name)
            let model = try TrainedModel(try RunFolder.open(path))
            guard let data else { return (model.classifier, try model.ownPictures()) }
            let source = DataConfiguration.Source.guessed(data, for: model.classifier)
            return (model.classifier, try model.pictures(from: DataConfiguration(source: source)))
        }
        guard let data else {
            throw UsageError.neededOption(
                "data", because: "a Keras model has no pictures of its own", command: specification.name)
        }
        let classifier = try arguments.classifier(command: specification.name)
        let source = DataConfiguration.Source.guessed(data, for: classifier)
        return (classifier, try DataConfiguration(source: source).load())
    }

    /// The pictures of a split, or all where there are no splits; where there are too many, some of each class by
    /// chance, in their order.
    private static func indices(
        of dataset: Dataset, _ split: Split, limit: Int, seed: UInt64
    ) throws -> [Int] {
        let all = dataset.splits.isEmpty ? Array(dataset.samples.indices) : dataset.indices(in: split)
        guard !all.isEmpty else {
            throw ExperimentError.noPictures(
                split: split.rawValue, of: dataset.name,
                hint: "it has \(dataset.splits.map(\.rawValue).joined(separator: ", "))")
        }
        guard all.count > limit else { return all }
        Terminal.error.print(
            "note: \(grouped(limit)) of \(grouped(all.count)) pictures are drawn, of each class its share; see --limit"
        )
        return stratified(all.map { dataset.samples[$0].label }, limit, seed).map { all[$0] }
    }

    /// Positions of some labels in ascending order, of each label as many as its share, to within one.
    static func stratified(_ labels: [Int], _ limit: Int, _ seed: UInt64) -> [Int] {
        var random = SeededRandom(seed: seed)
        let places = random.permutation(of: labels.count).enumerated()
            .sorted { (labels[$0.element], $0.offset) < (labels[$1.element], $1.offset) }.map(\.element)
        // Every so many-th of those in the order of their labels.
        return (0..<limit).map { places[($0 * labels.count + labels.count / 2) / limit] }.sorted()
    }

    private static func target(_ arguments: Arguments) -> URL {
        if let out = arguments.value("out") { return URL(filePath: out, directoryHint: .isDirectory) }
        let model = arguments.operands[0]
        return URL(
            filePath: ModelArgument.isFolder(model) ? model : "embedding", directoryHint: .isDirectory)
    }

    // MARK: Options

    private static func method(_ arguments: Arguments) throws -> EmbeddingMap.Method {
        let perplexity = try arguments.number("perplexity", command: specification.name)
        switch arguments.value("method") ?? "pca" {
        case "pca":
            guard perplexity == nil else {
                throw UsageError.uselessOption(
                    "perplexity", because: "it is for tsne", command: specification.name)
            }
            return .pca
        case "tsne": return .tsne(TSNE(perplexity: perplexity ?? 30, seed: try seed(arguments)))
        case let other:
            throw UsageError.badValue(
                option: "method", expected: "pca or tsne", found: other, command: specification.name)
        }
    }

    private static func seed(_ arguments: Arguments) throws -> UInt64 {
        UInt64(try arguments.integer("seed", atLeast: 0, command: specification.name) ?? 0)
    }
}
