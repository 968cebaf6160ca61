import Downloads
import Foundation
import Graft

/// `graft pull`
enum PullCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "pull",
        abstract: "Fetch the weights that Keras publishes for an architecture.",
        discussion: """
            NAME is an architecture (its weights without the classifier are fetched, or with --top those with
            it) or the name of a file that 'graft models NAME' lists. A download that was stopped goes on
            where it ended; the MD5 is checked where Keras publishes one; nothing half done gets the file's
            name.
            """,
        operands: [
            .init(
                name: "NAME", help: "An architecture or a published file.",
                completion: .words(Architecture.all.map(\.name)))
        ],
        options: [
            .init(name: "top", help: "The weights with the classifier of ImageNet's 1000 classes."),
            .init(
                name: "alpha", value: "ALPHA",
                help: "The width multiplier, of an architecture that has one; 1 if not given.",
                completion: .words(words(\.alpha))),
            .init(
                name: "size", value: "PIXELS",
                help: "Trained at pictures of this size, where there are several; 224 if not given.",
                completion: .words(words(\.imageSize))),
            .init(name: "to", value: "FOLDER", help: "Where the file is put; pretrained if not given."),
            .init(
                name: "from", value: "URL",
                help: "Another place that has the same files, in place of Keras's: URL/FILE is fetched.",
                completion: .nothing),
        ],
        examples: [
            ("pull resnet50", "ResNet50 without its classifier"),
            ("pull mobilenet --alpha 0.25 --size 128", "The smallest MobileNet"),
        ])

    /// What any published file has of a property, in ascending order.
    private static func words<Value: Comparable & Hashable>(
        _ property: (PublishedWeights) -> Value
    ) -> [String] {
        Set(Architecture.all.flatMap(\.publishedWeights).map(property)).sorted().map { "\($0)" }
    }

    static func run(_ arguments: Arguments) throws {
        let file = try file(for: arguments)
        let url =
            arguments.value("from").map { "\($0)\($0.hasSuffix("/") ? "" : "/")\(file.fileName)" } ?? file.url
        let folder = URL(filePath: arguments.value("to") ?? "pretrained", directoryHint: .isDirectory)
        let path = folder.appending(path: file.fileName).relativePath
        let terminal = Terminal.output
        terminal.print("\(file.fileName) from \(url)")
        Interruption.listen()
        let display = DownloadDisplay(file.fileName)
        defer { display.clear() }
        let outcome = try Result { () throws(DownloadError) in
            try Downloader().download(url, to: path, md5: file.md5, size: file.byteCount) {
                display.show($0)
                return !Interruption.isRequested
            }
        }.mapError(endingQuietly).get()
        display.clear()
        let check = file.md5.map { "MD5 \($0) is right" } ?? "Keras publishes no MD5 to check"
        switch outcome {
        case .present: terminal.print("\(path) is there already; \(check)")
        case .downloaded(let bytes): terminal.print("\(path)  \(byteText(bytes)); \(check)")
        }
    }

    /// Ctrl-C is not an error of the download.
    private static func endingQuietly(_ error: DownloadError) -> any Error {
        guard case .cancelled(_, let partial) = error else { return error }
        Terminal.error.print("stopped; what has arrived waits in \(partial)")
        return CancellationError()
    }

    private static func file(for arguments: Arguments) throws -> PublishedWeights {
        let name = arguments.operands[0]
        if let file = Architecture.all.flatMap(\.publishedWeights).first(where: { $0.fileName == name }) {
            if let option = ["top", "alpha", "size"].first(where: arguments.has) {
                throw UsageError.uselessOption(
                    option, because: "\(name) is the name of one file", command: specification.name)
            }
            return file
        }
        let architecture = try Architecture.named(name)
        let alpha = try number("alpha", arguments) ?? 1
        let size = try arguments.integer("size", atLeast: 1, command: specification.name)
        let choices = architecture.publishedWeights.filter {
            $0.includesTop == arguments.has("top") && $0.alpha == alpha && $0.imageSize == size ?? 224
        }
        guard let file = choices.first else {
            throw UsageError.badOperand(
                "NAME", expected: "a file that was published (see 'graft models \(architecture.name)')",
                found: "\(name), alpha \(alpha), \(size ?? 224) pixels", command: specification.name)
        }
        return file
    }

    private static func number(_ option: String, _ arguments: Arguments) throws(UsageError) -> Double? {
        guard let text = arguments.value(option) else { return nil }
        guard let number = Double(text) else {
            throw .badValue(option: option, expected: "a number", found: text, command: specification.name)
        }
        return number
    }
}

/// A bar for a download, which is told of its progress from wherever it runs.
private final class DownloadDisplay {
    private let name: String
    private var bar: ProgressBar?

    init(_ name: String) { self.name = name }

    func show(_ progress: DownloadProgress) {
        if bar == nil || bar?.total != progress.totalBytes {
            bar = ProgressBar(name, total: progress.totalBytes, unit: byteText)
        }
        bar?.update(progress.receivedBytes, ["\(byteText(Int(progress.bytesPerSecond)))/s"])
    }

    func clear() {
        bar?.clear()
        bar = nil
    }
}
