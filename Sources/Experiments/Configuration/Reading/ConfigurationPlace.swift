/// Where a value of a configuration was given, which is where it must be corrected.
public enum ConfigurationPlace: Sendable, Equatable, CustomStringConvertible {
    /// In a file; line and column are counted from 1.
    case file(String, line: Int, column: Int)
    /// On the command line, by `--set` with this text.
    case override(String)
    /// Nowhere: the program made the value itself.
    case written

    /// The place as the beginning of an error: `experiments/x.yaml:12:9`, `--set seed=1`.
    public var description: String {
        switch self {
        case .file(let file, let line, let column): "\(file):\(line):\(column)"
        case .override(let text): "--set \(text)"
        case .written: "configuration"
        }
    }

    /// Whether a reader meets it later than another place: the file from top to bottom, then the command line.
    func comes(after other: ConfigurationPlace) -> Bool { other.position < position }

    private var position: (line: Int, column: Int) {
        if case .file(_, let line, let column) = self { (line, column) } else { (.max, .max) }
    }
}
