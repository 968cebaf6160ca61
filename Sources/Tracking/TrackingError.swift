import Evaluation

/// What can go wrong with the book of runs.
public enum TrackingError: Error, Equatable {
    /// A folder of runs is not there, or cannot be read.
    case folder(path: String, reason: String)
    /// No run has the name.
    case unknownRun(name: String, runs: String, nearest: [String])
    /// Several runs' names begin so.
    case ambiguousRun(name: String, matches: [String])
    /// A filter does not follow the rules.
    case filter(text: String, position: Int, expected: String, found: String)
    /// No run has such a key.
    case unknownKey(name: String, nearest: [String])
    /// Several keys end so.
    case ambiguousKey(name: String, matches: [String])
    /// A run that is going on is not to be touched.
    case stillRunning(run: String)
    /// A run has no such file.
    case missing(run: String, file: String)
    /// A run's file does not make sense.
    case damaged(file: String, reason: String)
    /// Something cannot be written.
    case unwritable(file: String, reason: String)
    /// Runs cannot be compared.
    case comparison(reason: String)
    /// A tag that could not be asked for again.
    case tag(String)
    /// There is nothing in the bin that could be brought back.
    case notInBin(name: String, bin: String, nearest: [String])
    /// Something else has the place of what was to be brought back.
    case taken(path: String)
}

extension TrackingError: CustomStringConvertible {
    /// A sentence for the person who has to act.
    public var description: String {
        switch self {
        case .folder(let path, let reason): "\(path): \(reason)"
        case .unknownRun(let name, let runs, let nearest):
            "there is no run '\(name)' in \(runs)" + Self.suggestion(nearest)
        case .ambiguousRun(let name, let matches):
            "'\(name)' is the beginning of several runs' names: \(Self.list(matches))"
        case .filter(let text, let position, let expected, let found):
            "in the filter \"\(text)\", at character \(position): expected \(expected), found \(found)"
        case .unknownKey(let name, let nearest):
            "no run has a setting or metric '\(name)'" + Self.suggestion(nearest)
        case .ambiguousKey(let name, let matches): "'\(name)' may be \(Self.list(matches)); write more of it"
        case .stillRunning(let run): "\(run): the run is still going on"
        case .missing(let run, let file): "\(run): expected the file \(file), which is not there"
        case .damaged(let file, let reason): "\(file): \(reason)"
        case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
        case .comparison(let reason): reason
        case .tag(let tag):
            "'\(tag)' is no tag: expected letters, digits, '-', '_', '.' and '/'"
        case .notInBin(let name, let bin, let nearest):
            "there is nothing called '\(name)' in \(bin)" + Self.suggestion(nearest)
        case .taken(let path): "\(path): something else is there"
        }
    }

    private static func suggestion(_ nearest: [String]) -> String {
        nearest.isEmpty ? "" : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
    }
}
