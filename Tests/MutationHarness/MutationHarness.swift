import Foundation
import KerasFiles

/// Damages real Keras files in thousands of ways and reads them: `swift run -c release MutationHarness --help`.
@main
enum MutationHarness {
    static func main() {
        ReaderProcess.serveIfAsked()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if arguments.first == Worker.command, arguments.count >= 6 {
                let cases = Cases(
                    seeds: try Seed.all(folders: Array(arguments[6...])),
                    seedNumber: UInt64(arguments[1]) ?? 0)
                return try Worker.run(
                    cases, from: Int(arguments[2]) ?? 0, to: Int(arguments[3]) ?? 0,
                    isolated: arguments[4] == "isolated", folder: arguments[5])
            }
            if arguments.contains("--help") { return print(HarnessOptions.help) }
            let options = try HarnessOptions(arguments)
            let cases = Cases(seeds: try Seed.all(folders: options.folders), seedNumber: options.seed)
            exit(try Harness(options: options, cases: cases).run() ? 0 : 1)
        } catch {
            announce("error: \(error)")
            exit(2)
        }
    }
}
