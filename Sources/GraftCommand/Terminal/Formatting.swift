import Foundation

/// A number with a fixed count of decimals.
func decimals(_ number: Double, _ count: Int) -> String { String(format: "%.\(count)f", number) }

/// A loss with four decimals, unless it has run away.
func lossText(_ loss: Double) -> String {
    abs(loss) < 100_000 ? decimals(loss, 4) : String(format: "%.3e", loss)
}

/// JSON for people and programs.
enum JSONText {
    static func pretty(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// A word as a shell reads it: in quotes, where it has characters that mean something to a shell.
func shellWord(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
