/// A message in the binary form of Protocol Buffers, as far as TensorBoard's events need it: written field by field,
/// by the fields' numbers.
struct ProtocolBuffer {
    /// The message so far.
    private(set) var bytes: [UInt8] = []

    /// A whole number; 0, which is what a missing field means, is left out.
    mutating func add(_ field: Int, _ value: Int64) {
        guard value != 0 else { return }
        key(field, wireType: 0)
        varint(UInt64(bitPattern: value))
    }

    /// A number of 64 bits.
    mutating func add(_ field: Int, _ value: Double) {
        key(field, wireType: 1)
        bytes += value.bitPattern.littleEndianBytes
    }

    /// A number of 32 bits.
    mutating func add(_ field: Int, _ value: Float) {
        key(field, wireType: 5)
        bytes += value.bitPattern.littleEndianBytes
    }

    /// Bytes, text in UTF-8, or a message within this one.
    mutating func add(_ field: Int, _ value: some Collection<UInt8>) {
        key(field, wireType: 2)
        varint(UInt64(value.count))
        bytes += value
    }

    private mutating func key(_ field: Int, wireType: Int) { varint(UInt64(field << 3 | wireType)) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

extension FixedWidthInteger {
    /// The bytes, the least first.
    var littleEndianBytes: [UInt8] {
        stride(from: 0, to: Self.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
    }
}
