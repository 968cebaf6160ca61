/// What can be wrong with labelled pictures, or with what is asked of them.
public enum DatasetError: Error, Equatable {
    /// A file or folder cannot be read.
    case unreadable(path: String, reason: String)
    /// A picture is damaged, cut short, or of a kind that is not read.
    case image(path: String, reason: String)
    /// A picture's extents are beyond what is decoded.
    case imageTooLarge(path: String, width: Int, height: Int, limit: Int)
    /// A row of a table is not what it should be; lines count from 1.
    case row(file: String, line: Int, reason: String)
    /// A file is not of the format that it should have.
    case format(file: String, expected: String, found: String)
    /// A folder that should hold a folder for each class has none.
    case noClasses(folder: String)
    /// A class has no pictures.
    case emptyClass(String, source: String)
    /// Two splits of a folder have different classes.
    case classesDiffer(folder: String, missing: [String], otherSplit: String)
    /// The folders cannot be told to be splits or classes.
    case ambiguousFolders(folder: String, reason: String)
    /// There is not one sample.
    case noSamples(source: String)
    /// A class was asked for that the dataset does not have.
    case unknownClass(String, dataset: String, nearest: [String], known: [String])
    /// A request does not make sense.
    case request(String, expected: String, found: String)
}

extension DatasetError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .image(let path, let reason): "\(path): not a readable picture: \(reason)"
        case .imageTooLarge(let path, let width, let height, let limit):
            "\(path): \(width) × \(height) pixels are more than the limit of \(limit) in all"
        case .row(let file, let line, let reason): "\(file):\(line): \(reason)"
        case .format(let file, let expected, let found): "\(file): expected \(expected), found \(found)"
        case .noClasses(let folder):
            "\(folder): expected a folder for each class (or the splits train, validation and test with a "
                + "folder for each class in them), found none"
        case .emptyClass(let name, let source):
            "\(source): class '\(name)' has no pictures that can be read (.jpg, .jpeg, .png, .tif, .tiff)"
        case .classesDiffer(let folder, let missing, let otherSplit):
            "\(folder): expected the classes of '\(otherSplit)', but there is no folder for "
                + missing.map { "'\($0)'" }.joined(separator: ", ")
        case .ambiguousFolders(let folder, let reason): "\(folder): \(reason)"
        case .noSamples(let source): "\(source): there is not one sample"
        case .unknownClass(let name, let dataset, let nearest, let known):
            "dataset '\(dataset)' has no class '\(name)'; "
                + (nearest.isEmpty
                    ? "its classes are \(known.joined(separator: ", "))"
                    : "did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?")
        case .request(let what, let expected, let found): "\(what): expected \(expected), found \(found)"
        }
    }
}
