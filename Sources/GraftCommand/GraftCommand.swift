import Foundation
import Graft

/// The program `graft`.
@main
enum GraftCommand {
    /// The commands, in the order of a first project.
    static let commands: [any Subcommand.Type] = [
        DataCommand.self, PreviewCommand.self, PlanCommand.self, FindLearningRateCommand.self,
        TrainCommand.self, SweepCommand.self, EvaluateCommand.self, CalibrateCommand.self,
        PredictCommand.self, ExplainCommand.self, EmbedCommand.self, ExportCommand.self,
        RunsCommand.self, ShowCommand.self, CompareCommand.self, ReportCommand.self, StudioCommand.self,
        TagCommand.self, NoteCommand.self, RemoveCommand.self, RestoreCommand.self, ArchiveCommand.self,
        ExportRunsCommand.self,
        InspectCommand.self, ImportCommand.self, ModelsCommand.self, PullCommand.self, BaselineCommand.self,
        CacheCommand.self, CompletionCommand.self,
    ]

    static func main() {
        ReaderProcess.serveIfAsked()
        LostFile.explain()
        ComputeThreads.waitBriefly()
        // A reader of our output that goes away ends us quietly, as it does other programs.
        signal(SIGPIPE, SIG_DFL)
        // A file that may not grow further is an error like a full disk's, and what was begun is put away.
        signal(SIGXFSZ, SIG_IGN)
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs a command line.
    /// - Returns: the exit code: 0, 1 for a failure, 2 for a command line that makes no sense.
    static func run(_ words: [String]) -> Int32 {
        do {
            try dispatch(words)
            return 0
        } catch let error as UsageError {
            report("\(error)")
            return 2
        } catch let interruption as ResumableInterruption {
            Terminal.error.print("interrupted; go on with: \(interruption.command)")
            return 130
        } catch is CancellationError {
            Terminal.error.print("interrupted")
            return 130
        } catch is CheckFailure {
            return 1
        } catch {
            report(message(of: error))
            return 1
        }
    }

    private static func dispatch(_ words: [String]) throws {
        let help = HelpText(style: Terminal.output.style)
        if words.first == "help", words.count == 2 { return try dispatch([words[1], "--help"]) }
        guard let name = words.first, name != "--help", name != "-h", name != "help" else {
            return Terminal.output.print(help.text(ofAll: commands.map { $0.specification }))
        }
        if name == "--version" { return Terminal.output.print("graft \(graftVersion)") }
        guard let command = commands.first(where: { $0.specification.name == name }) else {
            throw UsageError.unknownCommand(name, known: commands.map { $0.specification.name })
        }
        let arguments = try Arguments(parsing: Array(words.dropFirst()), for: command.specification)
        if arguments.has("help") { return Terminal.output.print(help.text(of: command.specification)) }
        do {
            try command.run(arguments)
        } catch let error as SettingError {
            throw arguments.operands.first.map {
                error.placed(inFile: $0, overrides: arguments.all("set"))
            } ?? error
        }
    }

    private static func report(_ message: String) {
        Terminal.error.print(Terminal.error.style.red("error:") + " \(message)")
    }

    /// Our errors are sentences already; Foundation's are told with the file that they are about.
    private static func message(of error: any Error) -> String {
        let isFoundations = error is CocoaError || error is POSIXError || type(of: error) is NSError.Type
        guard isFoundations else { return "\(error)" }
        let text = reason(of: error)
        return ((error as NSError).userInfo[NSFilePathErrorKey] as? String).map { "\($0): \(text)" } ?? text
    }
}
