/// What can go wrong in the benchmark program.
enum BenchmarkError: Error, CustomStringConvertible {
    /// An option is not known.
    case unknownOption(String, nearest: [String])
    /// An option stands at the end, without a value.
    case missingValue(option: String)
    /// An option's value is not one of those it can have.
    case value(option: String, expected: String, found: String)
    /// A program could not be started, or ended with an error.
    case process(command: String, reason: String)
    /// A worker did not keep to the protocol.
    case measurement(program: String, line: String)
    /// A file could not be written.
    case output(path: String, reason: String)

    var description: String {
        switch self {
        case .unknownOption(let option, let nearest):
            "unknown option '\(option)'"
                + (nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: " or "))?")
                + " (--help lists all options)"
        case .missingValue(let option): "option \(option) needs a value (--help lists all options)"
        case .value(let option, let expected, let found):
            "option \(option): expected \(expected), found '\(found)'"
        case .process(let command, let reason): "\(command): \(reason)"
        case .measurement(let program, let line):
            "\(program): expected one line of JSON with a measurement, found '\(line)'"
        case .output(let path, let reason): "\(path): \(reason)"
        }
    }
}
