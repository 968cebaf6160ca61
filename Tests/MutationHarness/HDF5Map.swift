/// Where in an HDF5 file the library's own data lie: what a mutation is worth most in.
///
/// It is a guess by signatures and plausible values, and needs no more: it is not a reader.
struct HDF5Map {
    /// A message of an object header (HDF5 specification III, IV.A.1.a).
    struct Message {
        let type: Int
        /// Where its data begin, and how many bytes they are.
        let offset: Int
        let size: Int
    }

    /// Where structures begin: B-trees, symbol nodes, heaps, object headers.
    private(set) var structures: [Int] = []
    /// Where addresses of structures stand.
    private(set) var addresses: [Int] = []
    private(set) var messages: [Message] = []
    /// Symbol nodes, which list a group's members.
    private(set) var symbolNodes: [Int] = []

    private static let signatures = [
        "TREE", "SNOD", "HEAP", "GCOL", "OHDR", "OCHK", "FRHP", "FHDB", "BTHD", "BTLF",
    ]
    .map { Array($0.utf8) }

    init(_ bytes: [UInt8]) {
        var headers: [Int] = []
        for offset in stride(from: 0, to: bytes.count - 24, by: 8) {
            let start = bytes[offset..<offset + 4]
            if Self.signatures.contains(where: { start.elementsEqual($0) }) {
                structures.append(offset)
                if start.elementsEqual("SNOD".utf8) { symbolNodes.append(offset) }
            } else if bytes[offset] == 1, bytes[offset + 1] == 0, bytes[offset + 3] == 0,
                (1...64).contains(bytes[offset + 2]), bytes.number(at: offset + 4, size: 4) == 1
            {
                headers.append(offset)
                addMessages(of: offset, bytes)
            }
        }
        structures += headers
        let known = Set(structures)
        for offset in stride(from: 0, to: bytes.count - 8, by: 8) {
            let value = bytes.number(at: offset, size: 8)
            if value > 0, value < bytes.count, known.contains(Int(value)) { addresses.append(offset) }
        }
    }

    private mutating func addMessages(of header: Int, _ bytes: [UInt8]) {
        let end = min(bytes.count, header + 16 + Int(bytes.number(at: header + 8, size: 4) & 0xFFFF))
        var offset = header + 16
        while offset + 8 <= end {
            let (type, size) = (bytes.number(at: offset, size: 2), bytes.number(at: offset + 2, size: 2))
            guard type < 0x20 else { return }
            messages.append(Message(type: Int(type), offset: offset + 8, size: Int(size)))
            offset += 8 + Int(size)
        }
    }
}

extension [UInt8] {
    /// The little-endian number of so many bytes.
    func number(at offset: Int, size: Int) -> UInt64 {
        guard offset >= 0, offset + size <= count else { return 0 }
        return self[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Writes a little-endian number; what would be outside is left out.
    mutating func set(_ number: UInt64, at offset: Int, size: Int) {
        for index in 0..<size where indices.contains(offset + index) {
            self[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))
        }
    }
}
