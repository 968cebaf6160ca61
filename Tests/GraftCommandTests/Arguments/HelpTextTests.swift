import Testing

@testable import GraftCommand

@Suite struct HelpTextTests {
    private static let specifications = GraftCommand.commands.map { $0.specification }

    @Test func `Every command is listed, with all that it takes, within 80 columns`() {
        let help = HelpText(style: TextStyle(isColoured: false))
        let overview = help.text(ofAll: Self.specifications)
        for command in Self.specifications {
            #expect(overview.contains("\n  \(command.name) "))
            let text = help.text(of: command)
            #expect(text.contains("graft \(command.name)"))
            for operand in command.operands { #expect(text.contains(operand.name)) }
            for option in command.options + [CommandSpecification.help] {
                #expect(text.contains("\n  --\(option.name)"))
            }
            for example in command.examples { #expect(text.contains("\n  graft \(example.line)")) }
            for line in (text + "\n" + overview).split(separator: "\n") where !line.contains("graft ") {
                #expect(line.count <= 80, "\(line)")
            }
        }
    }

    @Test func `Help is laid out in columns`() {
        let command = CommandSpecification(
            name: "paint", abstract: "Paint pictures.", discussion: "In oil.\nOn canvas.\n\nSlowly.",
            operands: [
                .init(name: "FROM", help: "A landscape."),
                .init(name: "TO", help: "Canvases.", isRequired: false, isRepeated: true),
            ],
            options: [
                .init(
                    name: "count", value: "N",
                    help: Array(repeating: "word", count: 20).joined(separator: " "))
            ],
            examples: [("paint hills", "A first picture")])
        let expected = """
            Paint pictures.

            In oil. On canvas.

            Slowly.

            Usage
              graft paint FROM [TO…] [OPTIONS]

            Arguments
              FROM  A landscape.
              TO    Canvases.

            Options
              --count N  word word word word word word word word word word word word word
                         word word word word word word word
              --help     Show this help.

            Examples
              # A first picture
              graft paint hills
            """
        #expect(HelpText(style: TextStyle(isColoured: false)).text(of: command) == expected)
        let coloured = HelpText(style: TextStyle(isColoured: true)).text(of: command)
        #expect(coloured.contains("\u{1B}[1mUsage\u{1B}[0m"))
    }

    /// A line's words as a shell has them: what is in single quotes is one.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
            words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        return words
    }

    @Test func `Examples are command lines that parse`() throws {
        for command in Self.specifications {
            for (line, _) in command.examples {
                let words = Self.words(line).prefix { $0 != ">" }
                #expect(words.first == command.name)
                _ = try Arguments(parsing: Array(words.dropFirst()), for: command)
            }
        }
    }
}
