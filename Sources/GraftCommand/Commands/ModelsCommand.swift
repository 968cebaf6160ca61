import Foundation
import Graft

/// `graft models`
enum ModelsCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "models",
        abstract: "List the architectures, their layer groups, and the weights that Keras publishes.",
        discussion: """
            Without an argument: every architecture on a line. With the name of one: its layer groups, which
            freeze and unfreeze speak of, and its published weight files, which 'graft pull' fetches.
            """,
        operands: [
            .init(
                name: "ARCHITECTURE", help: "Show this one in full.", isRequired: false,
                completion: .words(Architecture.all.map(\.name)))
        ],
        options: [.init(name: "json", help: "Print everything as JSON.")],
        examples: [
            ("models", "What is there"),
            ("models resnet50", "The layer groups and weight files of one"),
        ])

    static func run(_ arguments: Arguments) throws {
        let chosen = try arguments.operands.first.map { [try Architecture.named($0)] } ?? Architecture.all
        if arguments.has("json") { return try printJSON(chosen) }
        let style = Terminal.output.style
        if arguments.operands.isEmpty {
            Terminal.output.print(try overview(chosen).text(style: style))
        } else {
            try printDetails(of: chosen[0], style)
        }
    }

    private static func overview(_ architectures: [Architecture]) throws -> TextTable {
        var table = TextTable([
            ("NAME", .left), ("ALPHA", .left), ("PARAMETERS", .right), ("NO TOP", .right),
            ("SCALING", .left),
        ])
        for architecture in architectures {
            table.add([
                architecture.name, alphaRange(of: architecture),
                grouped(try architecture.parameterCount()),
                grouped(try architecture.parameterCount(includeTop: false)),
                architecture.inputScaling.rawValue,
            ])
        }
        return table
    }

    /// The least and the greatest alpha, so that a line has room for it.
    private static func alphaRange(of architecture: Architecture) -> String {
        guard architecture.alphas.count > 2, let first = architecture.alphas.first else {
            return alphas(of: architecture)
        }
        return "\(first) … \(architecture.alphas.last ?? first)"
    }

    private static func alphas(of architecture: Architecture) -> String {
        architecture.alphas == [1] ? "-" : architecture.alphas.map { "\($0)" }.joined(separator: " ")
    }

    private static func printDetails(of architecture: Architecture, _ style: TextStyle) throws {
        let output = Terminal.output
        output.print(style.bold(architecture.displayName))
        for line in HelpText.wrapped(architecture.citation, to: 80) { output.print(line) }
        let (trained, least) = (architecture.defaultSize, architecture.minimumSize)
        output.print(
            "\ninput       \(trained)x\(trained) as trained, \(least)x\(least) and up, "
                + "scaling '\(architecture.inputScaling.rawValue)'")
        output.print("alpha       \(alphas(of: architecture))")
        output.print(
            "parameters  \(grouped(try architecture.parameterCount(includeTop: false))), "
                + "or \(grouped(try architecture.parameterCount())) with the classifier ('top')\n")
        var groups = TextTable([
            ("GROUP", .left), ("LAYERS", .right), ("PARAMETERS", .right), ("OUTPUT", .left),
        ])
        let network = try architecture.network()
        for group in network.groups {
            let nodes = network.nodes.filter { $0.group == group }
            let count = nodes.flatMap(\.parameters).reduce(0) { $0 + $1.shape.elementCount }
            groups.add([group, "\(nodes.count)", grouped(count), "\(nodes.last!.outputShape)"])
        }
        output.print(groups.text(style: style))
        output.print()
        var files = TextTable([("PUBLISHED WEIGHTS", .left), ("SIZE", .right), ("MD5", .left)])
        for file in architecture.publishedWeights {
            files.add([
                file.fileName, try size(of: file, architecture), file.md5 ?? "none published",
            ])
        }
        output.print(files.text(style: style))
        output.print("\nFetch one with: graft pull \(architecture.publishedWeights.last?.fileName ?? "NAME")")
    }

    /// A file's size in bytes; where it is not on record, what its numbers take at least.
    private static func size(of file: PublishedWeights, _ architecture: Architecture) throws -> String {
        if let bytes = file.byteCount { return grouped(bytes) }
        let numbers = try architecture.parameterCount(includeTop: file.includesTop, alpha: file.alpha)
        return "over \(grouped(4 * numbers))"
    }

    /// What `--json` prints of an architecture.
    private struct Description: Encodable {
        struct File: Encodable {
            var file: String
            var url: String
            var md5: String?
            var bytes: Int?
            var includesTop: Bool
            var alpha: Double
            var imageSize: Int
        }
        var name: String
        var displayName: String
        var citation: String
        var alphas: [Double]
        var parameters: Int
        var parametersWithoutTop: Int
        var defaultSize: Int
        var minimumSize: Int
        var inputScaling: String
        var layerGroups: [String]
        var publishedWeights: [File]

        init(_ architecture: Architecture) throws {
            name = architecture.name
            displayName = architecture.displayName
            citation = architecture.citation
            alphas = architecture.alphas
            parameters = try architecture.parameterCount()
            parametersWithoutTop = try architecture.parameterCount(includeTop: false)
            defaultSize = architecture.defaultSize
            minimumSize = architecture.minimumSize
            inputScaling = architecture.inputScaling.rawValue
            layerGroups = try architecture.network(includeTop: false).groups
            publishedWeights = architecture.publishedWeights.map {
                File(
                    file: $0.fileName, url: $0.url, md5: $0.md5, bytes: $0.byteCount,
                    includesTop: $0.includesTop, alpha: $0.alpha, imageSize: $0.imageSize)
            }
        }
    }

    private static func printJSON(_ architectures: [Architecture]) throws {
        Terminal.output.print(try JSONText.pretty(try architectures.map(Description.init)))
    }
}
