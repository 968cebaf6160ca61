extension [Parameter] {
    /// Short names: the ends of the parameters' paths that tell them apart.
    public var titles: [String] {
        let paths = map { $0.path.split(separator: ".") }
        return paths.enumerated().map { index, path in
            let length = (1...path.count).first { length in
                !paths.enumerated().contains {
                    $0.offset != index && $0.element.suffix(length) == path.suffix(length)
                }
            }
            return path.suffix(length ?? path.count).joined(separator: ".")
        }
    }
}
