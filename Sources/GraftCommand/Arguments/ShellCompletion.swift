/// Scripts that let a shell complete graft's command lines.
enum ShellCompletion: String, CaseIterable {
    case bash
    case zsh
    case fish

    /// The script for a set of commands.
    func script(for commands: [CommandSpecification]) -> String {
        switch self {
        case .bash: Self.bash(commands)
        // zsh understands bash's scripts, with descriptions lost.
        case .zsh: "#compdef graft\nautoload -U +X bashcompinit && bashcompinit\n" + Self.bash(commands)
        case .fish: Self.fish(commands)
        }
    }

    private static func bash(_ commands: [CommandSpecification]) -> String {
        let names = commands.map(\.name).joined(separator: " ")
        // Where no word fits, "-o default" completes with files, whatever characters their names have.
        return """
            _graft() {
                local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=""
                if ((COMP_CWORD == 1)); then
                    words="\(names) --help --version"
                else
                    case "${COMP_WORDS[1]} $previous $word" in
            \(commands.map(bashCases).joined(separator: "\n"))
                    esac
                fi
                COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _graft graft
            """
    }

    /// What may stand in a command's line: an option's value, an option, an operand.
    private static func bashCases(_ command: CommandSpecification) -> String {
        let values = command.options.filter { $0.value != nil }.map { option in
            ("'\(command.name) --\(option.name) '*", words(option.completion))
        }
        let options = (command.options + [CommandSpecification.help]).map { "--\($0.name)" }
        let operands = command.operands.flatMap { words($0.completion) }
        let cases = values + [("'\(command.name) '*' -'*", options), ("'\(command.name) '*", operands)]
        return cases.map { "        \($0)) words=\"\($1.joined(separator: " "))\";;" }
            .joined(separator: "\n")
    }

    private static func fish(_ commands: [CommandSpecification]) -> String {
        commands.map { command in
            let chosen = "-n '__fish_seen_subcommand_from \(command.name)'"
            let name =
                "complete -c graft -n __fish_use_subcommand -f -a \(command.name) -d \(quoted(command.abstract))"
            let options = (command.options + [CommandSpecification.help]).map { option in
                var line = "complete -c graft \(chosen) -l \(option.name) -d \(quoted(option.help))"
                if option.value != nil { line += " -r" }
                let words = words(option.completion)
                if !words.isEmpty { line += " -f -a \(quoted(words.joined(separator: " ")))" }
                return line
            }
            let operands = command.operands.map { words($0.completion) }.filter { !$0.isEmpty }.map {
                "complete -c graft \(chosen) -f -a \(quoted($0.joined(separator: " ")))"
            }
            return ([name] + options + operands).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func words(_ completion: CommandSpecification.Completion) -> [String] {
        if case .words(let words) = completion { words } else { [] }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'") + "'"
    }
}
