import Foundation
import Graft

/// `graft report`
enum ReportCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "report",
        abstract: "Make a page of a run, or of several side by side.",
        discussion: """
            Writes one HTML file with everything in it: results with intervals, the drawings, the confusion matrix with
            its pictures, a threshold to move, settings, and each table as a file to save. It needs no network and
            shows light or dark. With several runs, the page compares them as 'graft compare' does.

            The folder of folds that 'graft train --all-folds' makes has a page, too.

            --pdf prints the page with Chromium or Chrome, which must be installed.
            """,
        operands: [.run(isRepeated: true)],
        options: [
            .init(
                name: "html", value: "FILE",
                help: "The page; RUN/report.html, or comparison.html, if not given."),
            .init(name: "pdf", value: "FILE", help: "Print it into a PDF file, too."),
            .init(
                name: "smoothing", value: "WEIGHT",
                help:
                    "Smooth learning curves by so much, from 0 to below 1, as TensorBoard does; by their length if not given.",
                completion: .nothing),
            .init(name: "no-pictures", help: "Leave the test pictures out."), .runs,
        ],
        examples: [
            ("report flowers-003", "Into the run's folder"),
            ("report flowers-002 flowers-003 --html comparison.html", "Two side by side"),
            ("report flowers-003 --pdf flowers.pdf", "To print"),
        ])

    static func run(_ arguments: Arguments) throws {
        let smoothing = try smoothing(arguments)
        if let folder = folds(arguments) {
            let page = try RunPage(name: folder.name, folder: folder.url).page()
            return try finish(page, arguments, folder.file("report.html"))
        }
        let index = try RunIndex.open(arguments)
        let entries = try arguments.operands.map(index.run)
        try finish(
            page(arguments, index, entries, smoothing), arguments,
            entries.count == 1
                ? index.folder(entries[0]).appending(path: "report.html") : URL(filePath: "comparison.html"))
    }

    private static func finish(_ page: Page, _ arguments: Arguments, _ usual: URL) throws {
        let file = arguments.value("html").map { URL(filePath: $0) } ?? usual
        try page.write(to: file)
        Terminal.output.print(RunFolder(url: file).path())
        guard let pdf = arguments.value("pdf") else { return }
        try PagePrinter.print(file, to: URL(filePath: pdf))
        Terminal.output.print(pdf)
    }

    private static func page(
        _ arguments: Arguments, _ index: RunIndex, _ entries: [RunIndex.Entry], _ smoothing: Smoothing?
    ) throws -> Page {
        guard entries.count == 1 else {
            let runs = try entries.map { try ComparedRun(name: $0.name, folder: index.folder($0)) }
            return ComparisonPage(try RunComparison(runs)).page
        }
        let folder = index.folder(entries[0])
        let pictures = arguments.has("no-pictures") ? nil : TestPictures(folder)
        if pictures == nil, !arguments.has("no-pictures"), entries[0].state == .finished {
            Terminal.error.print(
                "note: the run's pictures are not where they were; the page goes without them")
        }
        return try RunPage(name: entries[0].name, folder: folder, smoothing: smoothing) {
            pictures?.thumbnail($0)
        }.page()
    }

    private static func smoothing(_ arguments: Arguments) throws -> Smoothing? {
        guard let text = arguments.value("smoothing") else { return nil }
        guard let weight = Double(text), (0..<1).contains(weight) else {
            throw UsageError.badValue(
                option: "smoothing", expected: "a number from 0 to below 1", found: text,
                command: specification.name)
        }
        return Smoothing(weight: weight)
    }

    /// The folder that is asked for, where it is no run's but has the table of a run's folds.
    private static func folds(_ arguments: Arguments) -> RunFolder? {
        guard arguments.operands.count == 1, let operand = arguments.operands.first else { return nil }
        return [URL(filePath: operand, directoryHint: .isDirectory), arguments.runs.appending(path: operand)]
            .map { RunFolder(url: $0) }
            .first {
                FileManager.default.fileExists(atPath: $0.path("folds.csv"))
                    && !FileManager.default.fileExists(atPath: $0.path("config.yaml"))
            }
    }
}

/// The pictures that a run was judged by, small.
struct TestPictures {
    private let samples: [String: Sample]
    /// Larger pictures are made smaller.
    private static let side = 96

    /// Nil where they cannot be found any more.
    init?(_ folder: URL) {
        guard
            let configuration = try? ExperimentConfiguration.load(
                path: RunFolder(url: folder).path("config.yaml")),
            let dataset = try? configuration.data.prepare(seed: configuration.seed)
        else { return nil }
        samples = Dictionary(dataset.samples.map { ($0.identifier, $0) }) { first, _ in first }
    }

    /// The picture of a file; nil where it cannot be read.
    func thumbnail(_ identifier: String) -> Image? {
        try? samples[identifier]?.image().shrunk(to: Self.side)
    }
}
