import Graft

/// `graft import`
enum ImportCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "import",
        abstract: "Check which of a Keras file's weights an architecture would take.",
        discussion: """
            A dry run of what 'model.weights' does in an experiment: a table of all layers, matched, mismatched,
            missing in the file, and unexpected by the network. Nothing is written. The exit code is 0 if all that
            is asked for fits, and 1 if not.

            A PATTERN is a layer's name, in which * stands for any letters, or a layer group.
            """,
        operands: [.init(name: "FILE", help: "A Keras file: .h5, .hdf5, .weights.h5 or .keras.")],
        options: [
            .init(name: "check", help: "Only say what would be imported; needed."),
            .init(
                name: "architecture", value: "NAME", help: "The network, see 'graft models'; needed.",
                completion: .words(Architecture.all.map(\.name))),
            .init(
                name: "alpha", value: "A", help: "The width multiplier; 1 if not given.", completion: .nothing
            ),
            .init(name: "top", help: "With the classifier; without it if not given."),
            .init(
                name: "classes", value: "N", help: "The classifier's classes; 1000 if not given.",
                completion: .nothing),
            .init(
                name: "until", value: "LAYER", help: "The layer after which the network is cut.",
                completion: .nothing),
            .init(
                name: "channels", value: "N", help: "1 for grey pictures; 3 if not given.",
                completion: .words(["1", "3"])),
            .init(
                name: "input-size", value: "N",
                help: "Height and width of a picture; the architecture's own if not given.",
                completion: .nothing),
            .init(
                name: "match", value: "HOW",
                help: "name or order; by name, and where names mean nothing by order, if not given.",
                completion: .words(ImportOptions.Match.allCases.map(\.rawValue))),
            .init(
                name: "rename", value: "A=B", help: "The file's layer A is the network's layer B.",
                isRepeated: true, completion: .nothing),
            .init(
                name: "only", value: "PATTERN", help: "Import these layers only.", isRepeated: true,
                completion: .nothing),
            .init(
                name: "except", value: "PATTERN", help: "Do not import these layers.", isRepeated: true,
                completion: .nothing),
            .init(name: "json", help: "Print everything as JSON."),
        ],
        examples: [
            ("import --check resnet50.h5 --architecture resnet50", "Before an experiment"),
            ("import --check model.h5 --architecture resnet50 --except 'conv5*'", "A part of a file"),
            ("import --check grey.h5 --architecture mobilenet --alpha 0.5 --channels 1", "A variant"),
        ])

    static func run(_ arguments: Arguments) throws {
        guard arguments.has("check") else {
            throw UsageError.neededOption(
                "check", because: "weights are imported by an experiment's 'model.weights'",
                command: specification.name)
        }
        guard let name = arguments.value("architecture") else {
            throw UsageError.missingValue(
                option: "architecture", value: "NAME", command: specification.name)
        }
        let options = try importOptions(arguments)
        let architecture = try Architecture.named(name)
        let alpha = try arguments.number("alpha", command: specification.name) ?? 1
        let network = try network(of: architecture, alpha: alpha, arguments)
        let file = try WeightsFile(arguments.operands[0])
        let check = try file.check(for: network, options: options)
        let report = ImportCheckReport(
            check, asked: architecture.variantName(alpha: alpha, channels: network.inputShape[2]),
            groups: network.groups,
            suggestion: check.fits ? nil : file.architectureMatch)
        Terminal.output.print(
            arguments.has("json") ? try JSONText.pretty(report) : report.text(style: Terminal.output.style))
        if !check.fits { throw CheckFailure() }
    }

    private static func network(
        of architecture: Architecture, alpha: Double, _ arguments: Arguments
    ) throws -> Network {
        func integer(_ option: String) throws -> Int? {
            try arguments.integer(option, atLeast: 1, command: specification.name)
        }
        if arguments.has("classes"), !arguments.has("top") {
            throw UsageError.uselessOption(
                "classes", because: "without --top there is no classifier", command: specification.name)
        }
        let size = try integer("input-size") ?? architecture.defaultSize
        let network = try architecture.network(
            input: [size, size, integer("channels") ?? 3], alpha: alpha, includeTop: arguments.has("top"),
            classes: integer("classes") ?? 1000)
        return try arguments.value("until").map { try network.until($0) } ?? network
    }

    private static func importOptions(_ arguments: Arguments) throws -> ImportOptions {
        var options = ImportOptions(only: arguments.all("only"), except: arguments.all("except"))
        if let text = arguments.value("match") {
            guard let match = ImportOptions.Match(rawValue: text) else {
                throw UsageError.badValue(
                    option: "match", expected: "name or order", found: text, command: specification.name)
            }
            options.match = match
        }
        for text in arguments.all("rename") {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts.contains("") else {
                throw UsageError.badValue(
                    option: "rename", expected: "FILE_LAYER=NETWORK_LAYER", found: text,
                    command: specification.name)
            }
            guard options.rename.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw UsageError.badValue(
                    option: "rename", expected: "one name for '\(parts[0])'", found: text,
                    command: specification.name)
            }
        }
        return options
    }
}

/// A check whose answer is no, which has been said already.
struct CheckFailure: Error {}
