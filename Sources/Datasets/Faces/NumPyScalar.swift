import Foundation

/// A file of NumPy's with one number in it: an integer, a floating-point number, or text that is one.
///
/// NumPy enhancement proposal 1, "A simple file format for NumPy arrays", versions 1 to 3.
struct NumPyScalar {
    /// The number.
    let number: Double

    /// Reads a file.
    /// - Throws: ``DatasetError`` that names the file.
    init(contentsOfFile path: String) throws(DatasetError) {
        let bytes = Array(try mappedFile(path))
        func wrong(_ expected: String, _ found: String) -> DatasetError {
            .format(file: path, expected: expected, found: found)
        }
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 12 else {
            throw wrong("an array of NumPy's", bytes.isEmpty ? "an empty file" : "another kind of file")
        }
        let lengthSize = bytes[6] == 1 ? 2 : 4
        let length = bytes[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = 8 + lengthSize + length
        guard start <= bytes.count else { throw wrong("a header of \(length) bytes", "the file's end") }
        let header = String(decoding: bytes[8 + lengthSize..<start], as: UTF8.self)
        guard let kind = header.firstMatch(of: /'descr': *'([<>|=]?)([a-zA-Z])(\d+)'/),
            let shape = header.firstMatch(of: /'shape': *\(([0-9, ]*)\)/), let size = Int(kind.3)
        else { throw wrong("the description of an array", String(header.prefix(80))) }
        let extents = shape.1.split(whereSeparator: { ", ".contains($0) })
        guard extents.allSatisfy({ $0 == "1" }) else { throw wrong("one number", "an array of (\(shape.1))") }
        guard let value = Self.value(bytes[start...], kind.2, size, isBigEndian: kind.1 == ">") else {
            throw wrong("a number", "data of the type \(kind.2)\(size)")
        }
        number = value
    }

    private static func value(
        _ data: ArraySlice<UInt8>, _ kind: Substring, _ size: Int, isBigEndian: Bool
    ) -> Double? {
        // Text of NumPy's has 4 bytes a character.
        let byteCount = kind == "U" ? size * 4 : size
        guard size > 0, size <= 64, data.count >= byteCount else { return nil }
        let part = data.prefix(byteCount)
        if kind == "U" || kind == "S" {
            let letters = part.filter { $0 != 0 }
            return Double(String(decoding: letters, as: UTF8.self))
        }
        guard size <= 8 else { return nil }
        let ordered = isBigEndian ? Array(part) : part.reversed()
        let bits = ordered.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch (kind, size) {
        case ("u", _), ("b", 1): return Double(bits)
        case ("i", _):
            let shift = 64 - 8 * size
            return Double(Int64(bitPattern: bits << UInt64(shift)) >> Int64(shift))
        case ("f", 4): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case ("f", 8): return Double(bitPattern: bits)
        default: return nil
        }
    }
}
