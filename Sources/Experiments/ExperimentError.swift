import Layers

/// What can go wrong with an experiment beyond what its parts say themselves.
public enum ExperimentError: Error, Equatable {
    /// A file or folder of a run cannot be made or written.
    case folder(path: String, reason: String)
    /// A folder is not that of a finished run.
    case notARun(path: String, missing: String)
    /// A run's file does not say what it should.
    case damagedRun(path: String, reason: String)
    /// Data that a step needs are not there.
    case noPictures(split: String, of: String, hint: String)
    /// One class cannot be told apart from none.
    case tooFewClasses(of: String, found: Int)
    /// The classes of other data are not those that the network knows.
    case otherClasses(data: String, expected: [String], found: [String])
    /// A run's pictures are no longer those that it was made from.
    case otherPictures(data: String, expected: [String: [Int]], found: [String: [Int]])
    /// A network does not tell the classes of pictures.
    case notAClassifier(network: String, expected: String, found: String)
    /// Early stopping watches what is not there.
    case nothingToMonitor(monitor: String)
}

extension ExperimentError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .folder(let path, let reason): "\(path): \(reason)"
        case .notARun(let path, let missing):
            "\(path): this is not the folder of a finished run: it has no \(missing)"
        case .damagedRun(let path, let reason): "\(path): \(reason)"
        case .noPictures(let split, let data, let hint): "\(data): there are no \(split) pictures; \(hint)"
        case .tooFewClasses(let data, let found):
            "\(data): expected two classes or more, found \(found)"
        case .otherClasses(let data, let expected, let found):
            "\(data): expected the classes \(expected.joined(separator: ", ")), found "
                + found.joined(separator: ", ")
        case .otherPictures(let data, let expected, let found):
            "\(data): expected the pictures of the run, \(Self.text(expected)); found \(Self.text(found)), "
                + "so that they would be split otherwise and training pictures be tested"
        case .notAClassifier(let network, let expected, let found):
            "network '\(network)': expected \(expected), found \(found)"
        case .nothingToMonitor(let monitor):
            "early stopping watches \(monitor), but there are no validation pictures; "
                + "set data.splits.validation"
        }
    }

    private static func text(_ counts: [String: [Int]]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($1.reduce(0, +)) \($0)" }.joined(separator: ", ")
    }
}
