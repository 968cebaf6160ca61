/// A zip archive of entries that are not compressed, as Keras writes it: read leniently, written with whatever
/// one wants to be in it.
struct StoredZip {
    struct Entry {
        var name: [UInt8]
        var data: [UInt8]
        /// What the archive claims, where that is not the truth.
        var claimedSize: UInt64?
        var method: UInt64 = 0
    }

    var entries: [Entry] = []

    /// The entries of an archive; nil where one is compressed or not told plainly.
    init?(_ bytes: [UInt8]) {
        var offset = 0
        while bytes.number(at: offset, size: 4) == 0x0403_4B50 {
            let size = Int(bytes.number(at: offset + 18, size: 4))
            let (name, extra) = (
                Int(bytes.number(at: offset + 26, size: 2)), Int(bytes.number(at: offset + 28, size: 2))
            )
            let start = offset + 30 + name + extra
            guard bytes.number(at: offset + 8, size: 2) == 0, start + size <= bytes.count else { return nil }
            entries.append(
                Entry(
                    name: Array(bytes[offset + 30..<offset + 30 + name]),
                    data: Array(bytes[start..<start + size])))
            offset = start + size
        }
        guard !entries.isEmpty else { return nil }
    }

    /// The archive, with the checksums that its entries have.
    var bytes: [UInt8] {
        var (result, list): ([UInt8], [UInt8]) = ([], [])
        for entry in entries {
            let offset = result.count
            let sum = UInt64(Self.checksum(entry.data))
            let (size, claimed) = (UInt64(entry.data.count), entry.claimedSize ?? UInt64(entry.data.count))
            // Version, flags, method, time and date; sum, packed size, size; lengths of name and extra field.
            let common = Self.numbers(
                [(20, 2), (0, 2), (entry.method, 2), (0, 2), (0x21, 2), (sum, 4), (size, 4), (claimed, 4)]
                    + [(UInt64(entry.name.count), 2), (0, 2)])
            result += Self.numbers([(0x0403_4B50, 4)]) + common + entry.name + entry.data
            list += Self.numbers([(0x0201_4B50, 4), (20, 2)]) + common
            list += Self.numbers([(0, 2), (0, 2), (0, 2), (0, 4), (UInt64(offset), 4)]) + entry.name
        }
        let count = UInt64(entries.count)
        let end = Self.numbers(
            [(0x0605_4B50, 4), (0, 2), (0, 2), (count, 2), (count, 2), (UInt64(list.count), 4)]
                + [(UInt64(result.count), 4), (0, 2)])
        return result + list + end
    }

    private static func numbers(_ numbers: [(value: UInt64, size: Int)]) -> [UInt8] {
        numbers.flatMap { value, size in
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
    }
}
