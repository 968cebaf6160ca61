import Foundation
import Graft
import Synchronization

/// `graft data`
enum DataCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "data",
        abstract: "Look through a configuration's pictures before training with them.",
        discussion: """
            Reads all pictures and tells how many of each class there are in each split and how the splits were
            made, sizes and kinds, pictures that cannot be read, subjects in more than one split, and
            duplicates: pictures that are the same, or were made from the same, which a test split must not
            share with the training. They are found by perceptual hashes of 64 bits and by comparing what is
            near. Exits with 1 where pictures are broken.
            """,
        operands: [.init(name: "CONFIG", help: "The experiment, a YAML file.")],
        options: [
            .set("Change a setting: --set data.image_folder=PATH. May be given several times."),
            .init(
                name: "to", value: "FOLDER",
                help: "Also write class_balance.csv and .svg, and duplicates.csv, into a folder."),
        ],
        examples: [
            ("data experiments/fer2013.yaml --set data.image_folder=~/fer2013", "What is in there?"),
            ("data experiments/fer2013.yaml --to report", "The same, with every pair of duplicates"),
        ])

    static func run(_ arguments: Arguments) throws {
        let configuration = try arguments.configuration()
        let dataset = try configuration.data.splitPictures(seed: configuration.seed)
        let bar = Mutex(ProgressBar("reading", total: dataset.samples.count))
        let check = DatasetCheck(dataset) { done in bar.withLock { $0.update(done) } }
        bar.withLock { $0.clear() }
        let evidence = DataEvidence(dataset)
        report(dataset, evidence.balance, check)
        if let folder = arguments.value("to") {
            try evidence.write(
                check.duplicatesAcrossSplits + check.duplicatesWithinSplits,
                to: URL(filePath: folder, directoryHint: .isDirectory))
            Terminal.output.print("tables in \(Terminal.output.style.cyan(folder))")
        }
        if !check.broken.isEmpty { throw CheckFailure() }
    }

    private static func report(_ dataset: Dataset, _ balance: ClassBalance, _ check: DatasetCheck) {
        let (output, style) = (Terminal.output, Terminal.output.style)
        output.print(
            "\(counted(dataset.samples.count, "picture")) in \(dataset.classNames.count) classes; splits: "
                + (dataset.splitMethod.map { "\($0)" } ?? "none"))
        var table = TextTable([("CLASS", .left)] + balance.splits.map { ($0.name.uppercased(), .right) })
        for (label, name) in balance.classNames.enumerated() {
            table.add([name] + balance.splits.map { grouped($0.counts[label]) })
        }
        table.add(["all"] + balance.totals.map(grouped))
        output.print(table.text(style: style))
        let formats = check.formats.prefix(4).map { item in
            "\(item.format.height) × \(item.format.width) \(item.format.channels == 1 ? "grey" : "colour")"
                + " (\(grouped(item.count)))"
        }
        output.print(
            "\nsizes       " + formats.joined(separator: ", ")
                + (check.formats.count > 4 ? " and \(check.formats.count - 4) others" : ""))
        if check.groupCount > 0 {
            let torn = check.tornGroups.count
            output.print(
                "groups      \(grouped(check.groupCount)), "
                    + (torn == 0 ? "each in one split" : style.yellow("\(torn) in more than one split")))
        }
        output.print("duplicates  " + duplicates(dataset, check, style))
        for line in DatasetNotes(dataset, style: style).lines(indent: 12) { output.print(line) }
        list("skipped     ", dataset.skipped, output, style)
        list("broken      ", check.broken, output, style)
    }

    private static func duplicates(_ dataset: Dataset, _ check: DatasetCheck, _ style: TextStyle) -> String {
        let (across, within) = (check.duplicatesAcrossSplits, check.duplicatesWithinSplits)
        let unlike = (across + within).count {
            dataset.samples[$0.first].label != dataset.samples[$0.second].label
        }
        let text =
            "\(counted(across.count, "pair")) across splits (\(grouped(across.count(where: \.isExact))) exact), "
            + "\(grouped(within.count)) within; \(grouped(unlike)) with different classes"
        return across.isEmpty ? text : style.yellow(text)
    }

    private static func list(
        _ title: String, _ samples: [SkippedSample], _ output: Terminal, _ style: TextStyle
    ) {
        for sample in samples.prefix(10) { output.print(style.yellow(title) + sample.reason) }
        if samples.count > 10 { output.print("            … and \(grouped(samples.count - 10)) more") }
    }
}
