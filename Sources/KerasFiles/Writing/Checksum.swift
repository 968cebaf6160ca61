import CZlib
import Tensors

/// A CRC-32 over texts and arrays, one after the other.
package struct Checksum: Equatable, Sendable, CustomStringConvertible {
    private var value: UInt = 0

    /// The checksum of nothing.
    package init() {}

    /// Goes on with a text's UTF-8.
    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// Goes on with an array's bytes.
    package mutating func add(_ tensor: Tensor) {
        tensor.withUnsafeElements { add(UnsafeRawBufferPointer($0)) }
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
        // With no address, zlib would begin anew.
        guard !bytes.isEmpty else { return }
        value = crc32_z(value, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }

    /// Eight hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
