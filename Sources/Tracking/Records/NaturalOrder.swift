import Foundation

/// The order of texts in which numbers count by their value, and capitals as small letters: that of Foundation's
/// `compare` with `.numeric` and `.caseInsensitive`, which takes ten times as long.
enum NaturalOrder {
    /// Whether a text comes before another.
    static func isBefore(_ left: String, _ right: String) -> Bool {
        let order = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in ascii(left, right) }
        }
        if case .some(.some(.some(let isBefore))) = order { return isBefore }
        return left.compare(right, options: [.numeric, .caseInsensitive]) == .orderedAscending
    }

    /// Nil where a letter beyond ASCII is met before there is an answer.
    private static func ascii(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>)
        -> Bool?
    {
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            guard left[i] < 128, right[j] < 128 else { return nil }
            if isDigit(left[i]), isDigit(right[j]) {
                let (first, second) = (number(left, &i), number(right, &j))
                if first.count != second.count { return first.count < second.count }
                for (one, other) in zip(left[first], right[second]) where one != other { return one < other }
            } else {
                let (one, other) = (folded(left[i]), folded(right[j]))
                if one != other { return one < other }
                (i, j) = (i + 1, j + 1)
            }
        }
        // An accent may follow that belongs to the last letter.
        guard i == left.count || left[i] < 128, j == right.count || right[j] < 128 else { return nil }
        return i == left.count && j < right.count
    }

    /// The digits from a place on, without zeros before them.
    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Range<Int> {
        var start = place
        while place < text.count, isDigit(text[place]) { place += 1 }
        while start < place - 1, text[start] == UInt8(ascii: "0") { start += 1 }
        return start..<place
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    private static func folded(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte + 32 : byte }
}
