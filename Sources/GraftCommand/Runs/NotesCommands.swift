import Foundation
import Graft

/// `graft tag`
enum TagCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "tag",
        abstract: "Give a run words to be found by.",
        discussion: """
            Tags are kept in the run's folder, in notes.json, and found by 'graft runs --where tag:NAME'.
            """,
        operands: [
            .run(),
            .init(
                name: "TAG", help: "The tags. None: show them.", isRequired: false,
                isRepeated: true, completion: .nothing),
        ],
        options: [
            .init(
                name: "remove", value: "TAG", help: "Take a tag away.", isRepeated: true, completion: .nothing
            ),
            .runs,
        ],
        examples: [
            ("tag flowers-003 best paper", "Two tags"), ("tag flowers-003 --remove best", "One less"),
        ])

    static func run(_ arguments: Arguments) throws {
        let index = try RunIndex.open(arguments)
        let entry = try index.run(arguments.operands[0])
        var notes = try RunNotes.read(index.folder(entry))
        for tag in arguments.operands.dropFirst() { try notes.add(tag) }
        for tag in arguments.all("remove") { notes.remove(tag) }
        if arguments.operands.count > 1 || !arguments.all("remove").isEmpty {
            try notes.write(to: index.folder(entry))
        }
        Terminal.output.print(
            "\(entry.name)  \(notes.tags.isEmpty ? "no tags" : notes.tags.joined(separator: " "))")
    }
}

/// `graft note`
enum NoteCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "note",
        abstract: "Write a note to a run.",
        discussion: "The note is kept in the run's folder, in notes.json. An empty text removes it.",
        operands: [
            .run(),
            .init(
                name: "TEXT", help: "The note. None: show it.", isRequired: false, isRepeated: true,
                completion: .nothing),
        ],
        options: [.runs],
        examples: [("note flowers-003 'more rotation; overfits less'", "Say why")])

    static func run(_ arguments: Arguments) throws {
        let index = try RunIndex.open(arguments)
        let entry = try index.run(arguments.operands[0])
        var notes = try RunNotes.read(index.folder(entry))
        if arguments.operands.count > 1 {
            notes.note = arguments.operands.dropFirst().joined(separator: " ")
            try notes.write(to: index.folder(entry))
        }
        Terminal.output.print("\(entry.name)  \(notes.note.isEmpty ? "no note" : notes.note)")
    }
}
