/// What a subcommand takes and does: the source of parsing, help and shell completion alike.
struct CommandSpecification: Sendable {
    /// The word after `graft`.
    let name: String
    /// One line, for the list of commands.
    let abstract: String
    /// The paragraphs of its help.
    var discussion = ""
    var operands: [Operand] = []
    var options: [Option] = []
    /// Command lines worth copying, without `graft`, each with what it does.
    var examples: [(line: String, purpose: String)] = []

    /// A word on the command line that is not an option.
    struct Operand: Sendable {
        let name: String
        let help: String
        var isRequired = true
        /// Whether it takes all the words that are left.
        var isRepeated = false
        /// What a shell may complete it with.
        var completion = Completion.files
    }

    /// A word that begins with `--`, with or without a value.
    struct Option: Sendable {
        /// The name without the dashes: `set`.
        let name: String
        /// What stands for the value in the help: `KEY=VALUE`; nil for a switch.
        var value: String?
        let help: String
        /// Whether it may be given several times.
        var isRepeated = false
        /// What a shell may complete the value with.
        var completion = Completion.files
    }

    /// What can stand in a place of the command line.
    enum Completion: Sendable {
        case files
        case words([String])
        case nothing
    }

    /// The option of a name.
    func option(_ name: String) -> Option? { (options + [Self.help]).first { $0.name == name } }

    /// Every command has it.
    static let help = Option(name: "help", help: "Show this help.")
}
