import Graft

/// What can be wrong with a command line.
enum UsageError: Error, Equatable, CustomStringConvertible {
    case unknownCommand(String, known: [String])
    case unknownOption(String, known: [String], command: String)
    case repeatedOption(String, command: String)
    case missingValue(option: String, value: String, command: String)
    case unwantedValue(option: String, command: String)
    case uselessOption(String, because: String, command: String)
    case neededOption(String, because: String, command: String)
    case badValue(option: String, expected: String, found: String, command: String)
    case badOperand(String, expected: String, found: String, command: String)
    case missingOperand(String, command: String)
    case surplusOperand(String, command: String)

    /// The error as a sentence, with where to read on.
    var description: String {
        switch self {
        case .unknownCommand(let name, let known):
            "there is no command '\(name)'" + Self.suggestion(name, known) + " (see 'graft --help')"
        case .unknownOption(let option, let known, let command):
            "'graft \(command)' has no option '\(option)'" + Self.suggestion(option, known)
                + Self.readOn(command)
        case .repeatedOption(let option, let command):
            "--\(option) was given more than once" + Self.readOn(command)
        case .missingValue(let option, let value, let command):
            "--\(option) needs a value: --\(option) \(value)" + Self.readOn(command)
        case .unwantedValue(let option, let command):
            "--\(option) takes no value" + Self.readOn(command)
        case .uselessOption(let option, let reason, let command):
            "--\(option) has no effect here: \(reason)" + Self.readOn(command)
        case .neededOption(let option, let reason, let command):
            "--\(option) is needed: \(reason)" + Self.readOn(command)
        case .badValue(let option, let expected, let found, let command):
            "--\(option): expected \(expected), found '\(found)'" + Self.readOn(command)
        case .badOperand(let name, let expected, let found, let command):
            "\(name): expected \(expected), found '\(found)'" + Self.readOn(command)
        case .missingOperand(let name, let command):
            "'graft \(command)' needs \(name)" + Self.readOn(command)
        case .surplusOperand(let word, let command):
            "'graft \(command)' has no use for '\(word)'" + Self.readOn(command)
        }
    }

    private static func suggestion(_ name: String, _ known: [String]) -> String {
        let nearest = nearestNames(to: name, among: known).map { "'\($0)'" }
        return nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: " or "))?"
    }

    private static func readOn(_ command: String) -> String { " (see 'graft \(command) --help')" }
}
