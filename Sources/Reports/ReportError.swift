import Evaluation

/// What can go wrong while evidence is written or read.
public enum ReportError: Error, Equatable {
    /// A file cannot be read.
    case unreadable(file: String, reason: String)
    /// A file cannot be written.
    case unwritable(file: String, reason: String)
    /// A CSV file has no header.
    case noHeader(file: String)
    /// A quoted field of a CSV file is not closed, or is followed by text.
    case quoting(file: String, line: Int, problem: String)
    /// A line of a CSV file has more or fewer fields than the header.
    case fieldCount(file: String, line: Int, expected: Int, found: Int)
    /// A CSV file's header is not the expected one.
    case header(file: String, expected: String, found: String)
    /// A field of a CSV file does not hold what it should.
    case field(file: String, line: Int, column: String, expected: String, found: String)
    /// The predictions make no sense.
    case predictions(file: String, EvaluationError)
}

extension ReportError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
        case .noHeader(let file): "\(file): expected a header line, found an empty file"
        case .quoting(let file, let line, let problem): "\(file), line \(line): \(problem)"
        case .fieldCount(let file, let line, let expected, let found):
            "\(file), line \(line): expected \(expected) fields as in the header, found \(found)"
        case .header(let file, let expected, let found):
            "\(file), line 1: expected the columns \(expected), found \(found)"
        case .field(let file, let line, let column, let expected, let found):
            "\(file), line \(line), column '\(column)': expected \(expected), found '\(found)'"
        case .predictions(let file, let error): "\(file): \(error)"
        }
    }
}
