/// The help of a command, made from its specification.
struct HelpText {
    /// What fits every terminal.
    private static let width = 80
    private let style: TextStyle

    init(style: TextStyle) { self.style = style }

    /// The help of one command.
    func text(of command: CommandSpecification) -> String {
        var sections = Self.paragraphs(command.abstract)
        if !command.discussion.isEmpty { sections += Self.paragraphs(command.discussion) }
        sections.append(heading("Usage") + "  \(Self.usage(of: command))")
        if !command.operands.isEmpty {
            sections.append(heading("Arguments") + list(command.operands.map { ($0.name, $0.help) }))
        }
        let options = command.options + [CommandSpecification.help]
        sections.append(
            heading("Options")
                + list(options.map { ("--\($0.name)" + ($0.value.map { " \($0)" } ?? ""), $0.help) }))
        if !command.examples.isEmpty {
            let lines = command.examples.map { "  # \($0.purpose)\n  graft \($0.line)" }
            sections.append(heading("Examples") + lines.joined(separator: "\n\n"))
        }
        return sections.joined(separator: "\n\n")
    }

    /// The help of the program.
    func text(ofAll commands: [CommandSpecification]) -> String {
        [
            "Graft: pretrained Keras networks, fine-tuned on your pictures, with evidence.",
            heading("Usage") + "  graft COMMAND [ARGUMENTS]",
            heading("Commands") + list(commands.map { ($0.name, $0.abstract) }),
            """
            A first run: graft train experiments/quickstart.yaml
            More of a command: graft COMMAND --help
            """,
        ].joined(separator: "\n\n")
    }

    private func heading(_ text: String) -> String { style.bold(text) + "\n" }

    static func usage(of command: CommandSpecification) -> String {
        let operands = command.operands.map { operand in
            let name = operand.name + (operand.isRepeated ? "…" : "")
            return operand.isRequired ? name : "[\(name)]"
        }
        return (["graft", command.name] + operands + ["[OPTIONS]"]).joined(separator: " ")
    }

    /// Two columns; a description that does not fit goes on below itself.
    private func list(_ rows: [(name: String, help: String)]) -> String {
        let width = min(rows.map(\.name.count).max() ?? 0, 28)
        return rows.map { name, help in
            let lines = Self.wrapped(help, to: Self.width - width - 4)
            let indent = "\n" + String(repeating: " ", count: width + 4)
            let head = name.count > width ? "  \(name)\(indent)" : "  \(Self.padded(name, to: width))  "
            return head + lines.joined(separator: indent)
        }.joined(separator: "\n")
    }

    private static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n\n").map { wrapped($0, to: width).joined(separator: "\n") }
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// The text in lines of at most so many characters.
    static func wrapped(_ text: some StringProtocol, to width: Int) -> [String] {
        text.split(whereSeparator: \.isWhitespace).reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}
