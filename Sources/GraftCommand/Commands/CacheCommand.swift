import Foundation
import Graft

/// `graft cache`
enum CacheCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "cache",
        abstract: "Show what is kept of the features of frozen layers, or remove some of it.",
        discussion: """
            What the frozen layers of a network make of pictures is computed once and kept, for later epochs and
            runs. Everything in the cache can be computed again: removing it costs time, and nothing else.
            """,
        options: [
            .init(name: "folder", value: "FOLDER", help: "The cache; ~/.cache/graft/features if not given."),
            .init(
                name: "prune", value: "GB",
                help: "Remove what was used longest ago until so many gigabytes are left; 0 for everything.",
                completion: .nothing),
        ],
        examples: [
            ("cache", "How much is kept, and of how many networks"),
            ("cache --prune 2", "Keep the 2 GB that were used last"),
        ])

    static func run(_ arguments: Arguments) throws {
        var configuration = FeatureCacheConfiguration()
        configuration.folder = arguments.value("folder")
        let store = configuration.store
        if let text = arguments.value("prune") {
            guard let gigabytes = Double(text), gigabytes >= 0, gigabytes < 1e9 else {
                throw UsageError.badValue(
                    option: "prune", expected: "a number of gigabytes", found: text,
                    command: specification.name)
            }
            let removed = store.prune(to: Int(gigabytes * 1e9))
            Terminal.output.print(
                "removed \(counted(removed.count, "file")), \(megabytes(removed)) MB")
        }
        show(store)
    }

    private static func show(_ store: FeatureStore) {
        let (output, files) = (Terminal.output, store.files())
        output.print("\(store.folder.path(percentEncoded: false))  \(megabytes(files)) MB")
        guard !files.isEmpty else { return }
        var table = TextTable([("NETWORK", .left), ("FILES", .right), ("MB", .right), ("LAST USED", .left)])
        let networks = Dictionary(grouping: files, by: \.network)
            .sorted { $0.value.last!.used > $1.value.last!.used }
        for (network, files) in networks {
            table.add([
                String(network.prefix(12)), "\(files.count)", megabytes(files),
                files.last!.used.formatted(.iso8601.dateSeparator(.dash).dateTimeSeparator(.space)),
            ])
        }
        output.print(table.text(style: output.style))
    }

    private static func megabytes(_ files: [FeatureStore.File]) -> String {
        decimals(Double(files.reduce(0) { $0 + $1.byteCount }) / 1e6, 1)
    }
}
