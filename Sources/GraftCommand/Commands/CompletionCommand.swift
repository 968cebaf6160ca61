/// `graft completion`
enum CompletionCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "completion",
        abstract: "Print a script that lets your shell complete graft's commands.",
        operands: [
            .init(
                name: "SHELL", help: "bash, zsh or fish.",
                completion: .words(ShellCompletion.allCases.map(\.rawValue)))
        ],
        examples: [
            ("completion bash > ~/.local/share/bash-completion/completions/graft", "Install it for bash"),
            ("completion fish > ~/.config/fish/completions/graft.fish", "Install it for fish"),
        ])

    static func run(_ arguments: Arguments) throws {
        guard let shell = ShellCompletion(rawValue: arguments.operands[0]) else {
            throw UsageError.badOperand(
                "SHELL", expected: "bash, zsh or fish", found: arguments.operands[0], command: "completion")
        }
        Terminal.output.print(shell.script(for: GraftCommand.commands.map { $0.specification }))
    }
}
