import Foundation
import Graft

/// `graft show`
enum ShowCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "show",
        abstract: "Show what is known of a run.",
        discussion: """
            What came out, the notes, the settings, and which files are there. The names of settings and results are
            those that 'graft runs' filters and sorts by.
            """,
        operands: [.run()],
        options: [.init(name: "json", help: "Print everything as JSON."), .runs],
        examples: [("show flowers-003", "By name"), ("show 3", "By its number, where only one run has it")])

    static func run(_ arguments: Arguments) throws {
        let index = try RunIndex.open(arguments)
        let entry = try index.run(arguments.operands[0])
        let folder = index.folder(entry)
        let record = RunRecord(folder)
        guard !arguments.has("json") else { return try showJSON(entry, record) }
        let (output, style) = (Terminal.output, Terminal.output.style)
        output.print("\(style.bold(entry.name))  \(entry.state.rawValue)")
        if !record.tags.isEmpty { output.print("tags  \(record.tags.joined(separator: " "))") }
        if !record.note.isEmpty { output.print("note  \(record.note)") }
        let settings = try RunRecord.settings(folder)
        let others = record.facts.filter { settings[$0.key] == nil }
        let results = others.filter { $0.value.number != nil && !$0.key.hasPrefix("run.") }
        section("results", results)
        section("settings", settings)
        section("of the run", others.filter { results[$0.key] == nil })
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { !$0.hasPrefix(".") }.sorted()
        output.print("\n\(style.bold("files"))  in \(style.cyan(RunFolder(url: folder).path()))")
        for line in wrapped(files) { output.print("  \(line)") }
    }

    private static func section(_ title: String, _ facts: [String: Fact]) {
        guard !facts.isEmpty else { return }
        let output = Terminal.output
        output.print("\n\(output.style.bold(title))")
        let width = facts.keys.map(\.count).max() ?? 0
        for (key, fact) in facts.sorted(by: { Fact.isBefore(.text($0.key), .text($1.key)) }) {
            output.print(
                "  \(key.padding(toLength: width, withPad: " ", startingAt: 0))  \(fact.description)")
        }
    }

    private static func wrapped(_ words: [String]) -> [String] {
        words.reduce(into: [""]) { lines, word in
            let last = lines[lines.count - 1]
            if last.count + word.count > 90 {
                lines.append(word)
            } else {
                lines[lines.count - 1] = last.isEmpty ? word : last + "  " + word
            }
        }
    }

    private static func showJSON(_ entry: RunIndex.Entry, _ record: RunRecord) throws {
        Terminal.output.print(
            try JSONText.pretty(
                RunDescription(entry, record)))
    }
}
