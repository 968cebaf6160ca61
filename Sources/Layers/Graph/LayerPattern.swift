import Tensors
import Wording

/// A layer's name in which `*` stands for any letters, none included, and `?` for one: `block_1?_project*`.
public struct LayerPattern: Sendable, Equatable {
    /// The pattern as it is written.
    public let text: String

    /// A pattern.
    public init(_ text: String) { self.text = text }

    /// Whether a name is meant.
    public func matches(_ name: String) -> Bool {
        let (pattern, name) = (Array(text.utf8), Array(name.utf8))
        var (position, letter) = (0, 0)
        // Where to go on when what follows the last `*` does not fit: with one more letter for it.
        var retry: (position: Int, letter: Int)?
        while letter < name.count {
            if position < pattern.count, pattern[position] == UInt8(ascii: "*") {
                position += 1
                retry = (position, letter)
            } else if position < pattern.count,
                pattern[position] == name[letter] || pattern[position] == UInt8(ascii: "?")
            {
                (position, letter) = (position + 1, letter + 1)
            } else if let last = retry {
                (position, letter) = (last.position, last.letter + 1)
                retry = (position, letter)
            } else {
                return false
            }
        }
        return pattern[position...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// What may have been meant, where nothing is: names near the pattern's own letters, best first; or
    /// patterns, where the names' beginnings or ends are near them.
    public func nearest(among names: some Sequence<String>) -> [String] {
        let letters = text.filter { $0 != "*" && $0 != "?" }
        let whole = nearestNames(to: letters, among: names)
        guard whole.isEmpty else { return whole }
        if text.hasSuffix("*") {
            return nearestNames(to: letters, among: Set(names.map { String($0.prefix(letters.count)) }))
                .map { $0 + "*" }
        }
        guard text.hasPrefix("*") else { return [] }
        return nearestNames(to: letters, among: Set(names.map { String($0.suffix(letters.count)) }))
            .map { "*" + $0 }
    }
}
