import Foundation
import KerasFiles

/// Measures Graft beside PyTorch and Keras: `swift run -c release Benchmarks --help`.
@main
struct Benchmarks {
    static func main() {
        ReaderProcess.serveIfAsked()
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if arguments.first == Job.workerCommand {
                try GraftWorker(Job(arguments: Array(arguments.dropFirst()))).run()
            } else if arguments.first == Job.readingCommand {
                try GraftWorker(Job(arguments: Array(arguments.dropFirst()))).read()
            } else if arguments.contains("--help") || arguments.contains("-h") {
                print(BenchmarkOptions.help)
            } else {
                try Driver(BenchmarkOptions(arguments)).run()
            }
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(1)
        }
    }
}
