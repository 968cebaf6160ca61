import CZlib
import Foundation
import Tensors

/// A CRC-32 over bytes and arrays, one after the other.
package struct Checksum: Equatable, Sendable, CustomStringConvertible {
    private var value: UInt = 0

    /// The checksum of nothing.
    package init() {}

    /// The checksum of arrays, one after the other.
    package init(of tensors: some Sequence<Tensor>) { for tensor in tensors { add(tensor) } }

    /// Goes on with bytes.
    package mutating func add(_ data: Data) { data.withUnsafeBytes { add($0) } }

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
