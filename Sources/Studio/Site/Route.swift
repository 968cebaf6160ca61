import Foundation

/// What a path stands for.
enum Route: Equatable {
    case runs
    case run(String)
    case files(String)
    case file(String, [String])
    case edit(String, Edit)
    case undo
    case compare
    case sweeps
    case sweep(String)
    case sweepFile(String, String)
    case runsData
    case runData(String)
    case events(String)
    case sweepsData
    case sweepData(String)

    /// A change to a run.
    enum Edit: String {
        case tags
        case note
        case bin
    }

    /// Whether programs ask for it, rather than people.
    static func isForPrograms(_ segments: [String]) -> Bool { segments.first == "api" }

    /// Finds out what a path stands for; nil where it is nothing.
    /// - Parameters:
    ///   - method: `GET` or `POST`.
    ///   - isRun: whether a run has a name, which may be of two parts.
    init?(_ segments: [String], method: String, isRun: (String) -> Bool) {
        let isPost = method == "POST"
        switch segments.first {
        case nil where !isPost: self = .runs
        case "compare" where segments.count == 1 && !isPost: self = .compare
        case "bin" where segments == ["bin", "undo"] && isPost: self = .undo
        case "runs":
            guard let (name, rest) = Self.run(segments.dropFirst(), isRun) else { return nil }
            guard let route = isPost ? Self.edit(name, rest) : Self.page(name, rest) else { return nil }
            self = route
        case "sweeps" where !isPost:
            guard let route = Self.sweep(Array(segments.dropFirst())) else { return nil }
            self = route
        case "api" where !isPost:
            guard let route = Self.data(Array(segments.dropFirst()), isRun) else { return nil }
            self = route
        default: return nil
        }
    }

    /// The run that the first parts name, and the parts after it. What is no run's name is one part, which then leads to
    /// a message that says so.
    private static func run(_ parts: ArraySlice<String>, _ isRun: (String) -> Bool) -> (String, [String])? {
        guard let first = parts.first else { return nil }
        let both = parts.prefix(2).joined(separator: "/")
        if !isRun(first), parts.count >= 2, isRun(both) { return (both, Array(parts.dropFirst(2))) }
        return (first, Array(parts.dropFirst()))
    }

    private static func page(_ name: String, _ rest: [String]) -> Route? {
        switch rest.first {
        case nil: .run(name)
        case "files" where rest.count == 1: .files(name)
        case "files": .file(name, Array(rest.dropFirst()))
        default: nil
        }
    }

    private static func edit(_ name: String, _ rest: [String]) -> Route? {
        rest.count == 1 ? Edit(rawValue: rest[0]).map { .edit(name, $0) } : nil
    }

    private static func sweep(_ parts: [String]) -> Route? {
        switch parts.count {
        case 0: .sweeps
        case 1: .sweep(parts[0])
        case 3 where parts[1] == "files": .sweepFile(parts[0], parts[2])
        default: nil
        }
    }

    private static func data(_ parts: [String], _ isRun: (String) -> Bool) -> Route? {
        switch parts.first {
        case "runs" where parts.count == 1: return .runsData
        case "runs":
            guard let (name, rest) = run(parts.dropFirst(), isRun) else { return nil }
            return rest.isEmpty ? .runData(name) : rest == ["events"] ? .events(name) : nil
        case "sweeps" where parts.count == 1: return .sweepsData
        case "sweeps" where parts.count == 2: return .sweepData(parts[1])
        default: return nil
        }
    }
}
