/// What a process asks of its reader.
enum ReaderRequest: Codable {
    /// Take these limits upon you and describe the file; always first.
    case describe(ReaderLimits)
    /// Send the numbers of the array at a path.
    case read(path: String, byteCount: Int)
}

/// What the reader answers.
enum ReaderAnswer: Codable {
    case description(FileDescription)
    /// So many bytes of Float32 follow.
    case numbers(byteCount: Int)
    case failure(ReadingFailure)
}

/// The errors of reading, without the name of the file, for which the reader has another.
enum ReadingFailure: Error, Codable {
    case notHDF5(found: String)
    case unreadable(reason: String)
    case damaged(reason: String)
    case library(object: String, action: String, reason: String)
    case noWeights(found: [String])
    case missing(kind: String, object: String)
    case link(object: String, external: Bool)
    case elementType(object: String, found: String)
    case size(object: String, shape: [Int], stored: Int)
    case attribute(name: String, object: String, expected: String, found: String)
    case archive(entry: String?, reason: String)
    case hostile(reason: String)

    init(_ error: any Error) {
        switch error as? KerasFileError {
        case .noFile: self = .unreadable(reason: "it is gone")
        case .notHDF5(_, let found): self = .notHDF5(found: found)
        case .unreadable(_, let reason): self = .unreadable(reason: reason)
        case .damaged(_, let reason): self = .damaged(reason: reason)
        case .library(_, let object, let action, let reason):
            self = .library(object: object, action: action, reason: reason)
        case .noWeights(_, let found): self = .noWeights(found: found)
        case .missing(let kind, _, let object): self = .missing(kind: kind, object: object)
        case .link(_, let object, let external): self = .link(object: object, external: external)
        case .elementType(_, let object, let found): self = .elementType(object: object, found: found)
        case .size(_, let object, let shape, let stored):
            self = .size(object: object, shape: shape, stored: stored)
        case .attribute(let name, _, let object, let expected, let found):
            self = .attribute(name: name, object: object, expected: expected, found: found)
        case .archive(_, let entry, let reason): self = .archive(entry: entry, reason: reason)
        case .hostile(_, let reason): self = .hostile(reason: reason)
        default: self = .unreadable(reason: "\(error)")
        }
    }

    /// The error for a file.
    func error(file: String) -> KerasFileError {
        switch self {
        case .notHDF5(let found): .notHDF5(file: file, found: found)
        case .unreadable(let reason): .unreadable(file: file, reason: reason)
        case .damaged(let reason): .damaged(file: file, reason: reason)
        case .library(let object, let action, let reason):
            .library(file: file, object: object, action: action, reason: reason)
        case .noWeights(let found): .noWeights(file: file, found: found)
        case .missing(let kind, let object): .missing(kind, file: file, object: object)
        case .link(let object, let external): .link(file: file, object: object, external: external)
        case .elementType(let object, let found): .elementType(file: file, object: object, found: found)
        case .size(let object, let shape, let stored):
            .size(file: file, object: object, shape: shape, stored: stored)
        case .attribute(let name, let object, let expected, let found):
            .attribute(name, file: file, object: object, expected: expected, found: found)
        case .archive(let entry, let reason): .archive(file: file, entry: entry, reason: reason)
        case .hostile(let reason): .hostile(file: file, reason: reason)
        }
    }
}
