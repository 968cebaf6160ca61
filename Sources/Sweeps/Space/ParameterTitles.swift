/// What tables of trials call their other columns.
private let otherColumns: Set = ["trial", "state", "epochs", "seconds", "time", "error"]

extension [Parameter] {
    /// Short names: the ends of the parameters' paths that tell them apart, and from the other columns of a table.
    public var titles: [String] {
        let paths = map { $0.path.split(separator: ".") }
        return paths.enumerated().map { index, path in
            let length = (1...path.count).first { length in
                let end = path.suffix(length)
                return !otherColumns.contains(end.joined(separator: "."))
                    && !paths.enumerated().contains {
                        $0.offset != index && $0.element.suffix(length) == end
                    }
            }
            return path.suffix(length ?? path.count).joined(separator: ".")
        }
    }
}
