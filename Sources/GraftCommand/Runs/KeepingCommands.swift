import Foundation
import Graft

/// `graft rm`
enum RemoveCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "rm",
        abstract: "Move runs to the bin, from where they can be brought back.",
        discussion: """
            The bin is experiments/runs/.bin; 'graft rm --undo' brings back what was removed last, 'graft restore
            RUN' any run in it. A sweep is removed as a whole, by its folder's name. A run that is going on stays.
            """,
        operands: [
            .init(
                name: "RUN", help: "A run or a sweep: its name, number or folder.", isRequired: false,
                isRepeated: true)
        ],
        options: [
            .init(name: "undo", help: "Bring back what was removed last."),
            .init(name: "list", help: "Show what is in the bin."),
            .init(name: "empty-bin", help: "Remove what is in the bin for good."), .runs,
        ],
        examples: [
            ("rm flowers-001 flowers-002", "Away with two"), ("rm --undo", "On second thought"),
            ("rm --empty-bin", "For good"),
        ])

    static func run(_ arguments: Arguments) throws {
        let (output, bin) = (Terminal.output, RunBin(arguments.runs))
        switch try chosen(arguments) {
        case "undo": output.print("brought back: " + (try bin.undo()).joined(separator: ", "))
        case "list":
            for item in bin.list { output.print("\(item.removed)  \(item.name)") }
            if bin.list.isEmpty { output.print("the bin is empty") }
        case "empty-bin": output.print("removed for good: \(counted(try bin.empty(), "run"))")
        default:
            let index = try RunIndex.open(arguments)
            let names = try arguments.operands.map { try index.removable($0) }
            try bin.remove(names)
            output.print(
                "moved to the bin: \(names.joined(separator: ", ")); bring back with: graft rm --undo")
        }
    }

    /// The option that is given in a run's place; nil where runs are.
    private static func chosen(_ arguments: Arguments) throws(UsageError) -> String? {
        let options = ["undo", "list", "empty-bin"].filter(arguments.has)
        if options.isEmpty, arguments.operands.isEmpty {
            throw .missingOperand("RUN", command: specification.name)
        }
        if let option = options.first, options.count > 1 || !arguments.operands.isEmpty {
            throw .uselessOption(
                option, because: "it goes with no run and no other such option", command: specification.name)
        }
        return options.first
    }
}

/// `graft restore`
enum RestoreCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "restore",
        abstract: "Bring runs back from the bin.",
        operands: [
            .init(name: "RUN", help: "A run's or a sweep's name.", isRepeated: true, completion: .nothing)
        ],
        options: [.runs],
        examples: [("restore flowers-001", "It was not so bad")])

    static func run(_ arguments: Arguments) throws {
        for name in arguments.operands { try RunBin(arguments.runs).restore(name) }
        Terminal.output.print("brought back: " + arguments.operands.joined(separator: ", "))
    }
}

/// `graft archive`
enum ArchiveCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "archive",
        abstract: "Pack a run or a sweep into a zip file.",
        discussion: """
            The archive is read once more before it counts. With --remove, the run is then moved to the bin.
            """,
        operands: [.run("A run or a sweep: its name, number or folder.")],
        options: [
            .init(
                name: "to", value: "FILE", help: "The archive; RUN.zip in the working folder if not given."),
            .init(name: "remove", help: "Move the run to the bin afterwards."), .runs,
        ],
        examples: [("archive flowers-003 --to ~/flowers-003.zip", "For a colleague")])

    static func run(_ arguments: Arguments) throws {
        let index = try RunIndex.open(arguments)
        let name = try index.removable(arguments.operands[0])
        let target = arguments.value("to") ?? "\(name).zip"
        Interruption.listen()
        let count = try RunArchive.write(
            index.runs.appending(path: name), to: URL(filePath: target)
        ) { _ in try Interruption.check() }
        if arguments.has("remove") { try RunBin(arguments.runs).remove([name]) }
        Terminal.output.print("\(target)  \(counted(count, "file"))")
    }
}
