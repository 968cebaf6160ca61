import Foundation

/// A changed file, told by the file that it was made of and the changes: a way to keep many of them small.
struct FilePatch: Codable, Sendable {
    /// Bytes that take the place of others.
    struct Edit: Codable, Sendable {
        /// Where they go, counted in the original.
        var offset: Int
        /// How many bytes go away.
        var removed: Int
        /// The new bytes, two hexadecimal digits each.
        var bytes: String
    }

    /// The file that was changed, below `Tests/Fixtures`.
    var original: String
    /// What the changed file once brought about.
    var finding: String
    /// The changes, with the original's offsets, in order.
    var edits: [Edit]

    /// The difference between two files.
    init(original: String, finding: String, from before: [UInt8], to after: [UInt8]) {
        self.original = original
        self.finding = finding
        edits = []
        let start = zip(before, after).prefix { $0 == $1 }.count
        let most = min(before.count, after.count) - start
        let end = zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.prefix(most).count
        let (old, new) = (before[start..<before.count - end], after[start..<after.count - end])
        guard old.count == new.count else {
            edits = [Edit(offset: start, removed: old.count, bytes: Self.text(new))]
            return
        }
        var position = start
        while position < old.endIndex {
            let next = old[position...].indices.prefix { old[$0] != new[$0] }
            if !next.isEmpty {
                edits.append(
                    Edit(
                        offset: position, removed: next.count,
                        bytes: Self.text(new[position..<position + next.count])))
            }
            position += max(1, next.count)
        }
    }

    /// The changed file; nil where the patch does not fit the original.
    func changed(_ original: [UInt8]) -> [UInt8]? {
        var bytes = original
        for edit in edits.reversed() {
            let end = edit.offset + edit.removed
            guard edit.offset >= 0, edit.removed >= 0, end <= bytes.count,
                edit.bytes.utf8.count.isMultiple(of: 2)
            else { return nil }
            bytes.replaceSubrange(edit.offset..<end, with: Self.bytes(edit.bytes))
        }
        return bytes
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text.utf8)
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0
        }
    }
}
