import Foundation

/// A whole number with its digits in groups of three: `25 636 712`, in any locale.
func grouped(_ number: Int) -> String {
    let digits = String(abs(number))
    let groups = stride(from: digits.count, to: 0, by: -3).map { end in
        String(digits.dropLast(digits.count - end).suffix(3))
    }
    return (number < 0 ? "-" : "") + groups.reversed().joined(separator: " ")
}

/// A number with a fixed count of decimals.
func decimals(_ number: Double, _ count: Int) -> String { String(format: "%.\(count)f", number) }

/// A number and what is counted: `1 epoch`, `2 epochs`.
func counted(_ number: Int, _ thing: String) -> String {
    "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")"
}

/// A loss with four decimals, unless it has run away.
func lossText(_ loss: Double) -> String {
    abs(loss) < 100_000 ? decimals(loss, 4) : String(format: "%.3e", loss)
}

/// A share in percent with one decimal: `93.4 %`.
func percent(_ share: Double) -> String { decimals(share * 100, 1) + " %" }

/// A size in the units that file managers show.
func byteText(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB"]
    var (size, unit) = (Double(bytes), 0)
    while size >= 1024, unit < units.count - 1 { (size, unit) = (size / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) B" : decimals(size, size < 10 ? 1 : 0) + " " + units[unit]
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
