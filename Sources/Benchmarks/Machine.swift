import Foundation

/// What the measurements were taken on.
enum Machine {
    /// Processor, threads, date and command.
    static func description(threads: Int) -> String {
        let cores = ProcessInfo.processInfo.processorCount
        let command = (["Benchmarks"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
        let day = Date.now.formatted(.iso8601.year().month().day())
        return """
            \(processor), \(cores) cores, \(threads) threads for every program, \(day)
            `swift run -c release \(command)`
            """
    }

    /// The processor's name.
    private static var processor: String {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
            return "unknown processor"
        }
        func field(_ name: String) -> String? {
            text.split(separator: "\n").first { $0.hasPrefix(name) }?
                .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let family = zip([field("cpu family"), field("model\t")].compactMap { $0 }, ["family", "model"])
            .map { "\($1) \($0)" }.joined(separator: " ")
        return "\(field("model name") ?? "unknown processor") (\(family))"
    }
}
