import Foundation
import Graft

/// `graft preview`
enum PreviewCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "preview",
        abstract: "Show what a configuration's augmentation makes of the training pictures.",
        discussion: """
            Writes a contact sheet: a picture a row, beside it the picture as the first, second, … epoch will
            see it, in the network's size and with the experiment's seed. The file holds its pictures; open it
            in a browser. A name that ends in .png gives a picture without the writing.
            """,
        operands: [.init(name: "CONFIG", help: "The experiment, a YAML file.")],
        options: [
            .set("Change a setting: --set data.augmentation.rotation=30. May be given several times."),
            .init(name: "out", value: "FILE", help: "Where it is written; NAME-preview.svg if not given."),
            .init(
                name: "count", value: "N", help: "How many pictures; 8 if not given.", completion: .nothing),
            .init(
                name: "views", value: "K", help: "How many variants of each; 6 if not given.",
                completion: .nothing),
        ],
        examples: [
            ("preview experiments/fer2013.yaml", "A sheet of 8 pictures in 6 variants"),
            (
                "preview experiments/fer2013.yaml --set data.augmentation.rand_augment.magnitude=15 --out strong.svg",
                "Is this too much?"
            ),
        ])

    static func run(_ arguments: Arguments) throws {
        let count = try arguments.integer("count", atLeast: 1, command: specification.name) ?? 8
        let views = try arguments.integer("views", atLeast: 1, command: specification.name) ?? 6
        let configuration = try arguments.configuration()
        let file = URL(filePath: arguments.value("out") ?? "\(configuration.name)-preview.svg")
        let preview = try AugmentationPreview(configuration, count: count, views: views)
        switch file.pathExtension.lowercased() {
        case "svg": try Data(drawing(preview, configuration).text.utf8).write(to: file, options: .atomic)
        case "png": try preview.sheet(gap: 4).png().write(to: file, options: .atomic)
        default:
            throw UsageError.badValue(
                option: "out", expected: "a name that ends in .svg or .png", found: file.lastPathComponent,
                command: specification.name)
        }
        if configuration.data.augmentation.augmentation == nil {
            Terminal.error.print(
                "the configuration has no augmentation; the variants are the pictures themselves")
        }
        Terminal.output.print(
            "\(counted(preview.rows.count, "picture")) in \(Terminal.output.style.cyan(file.relativePath))")
    }

    /// The classes of a picture, as many as fit beside it, and how many more there are.
    static func caption(_ classNames: [String], width: Int = 24) -> String {
        guard let first = classNames.first else { return "no class" }
        var caption = first
        for (number, name) in classNames.enumerated().dropFirst() {
            let rest = classNames.count - number - 1
            let longer = "\(caption), \(name)"
            guard longer.count + (rest > 0 ? " +\(rest)".count : 0) <= width else {
                return "\(caption) +\(rest + 1)"
            }
            caption = longer
        }
        return caption
    }

    private static func drawing(
        _ preview: AugmentationPreview, _ configuration: ExperimentConfiguration
    ) throws -> SVGDocument {
        let views = preview.rows.first?.views.count ?? 0
        let rows = try preview.rows.map { row in
            ContactSheet.Row(
                title: caption(row.classNames), detail: row.identifier,
                pictures: try ([row.original] + row.views).map { try $0.png().base64EncodedString() })
        }
        return .contactSheet(
            ContactSheet(
                title: "\(configuration.name): augmentation",
                subtitle: "training pictures, and what the first epochs will see of them",
                columns: ["original"] + (0..<views).map { "epoch \($0 + 1)" }, rows: rows))
    }
}
