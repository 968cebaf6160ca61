import Foundation

/// A connection between a process and its reader: JSON with its length before it, and bare bytes.
///
/// Neither side trusts the other's lengths.
final class MessageChannel: Sendable {
    /// Why nothing comes any more.
    enum Failure: Error {
        /// The other side is gone.
        case closed
        /// The other side has said nothing for too long.
        case silent
        /// The other side said what makes no sense.
        case nonsense(String)
    }

    /// The longest message: a model's configuration, whose quotes JSON doubles, and a list of arrays.
    static let longestMessage = 3 * ModelConfig.longestText

    private let socket: Int32
    /// Seconds to wait for the other side; nil for ever.
    private let patience: Double?

    /// A channel over a socket, which it closes in the end.
    init(socket: Int32, patience: Double? = nil) {
        self.socket = socket
        self.patience = patience
    }

    deinit { close(socket) }

    func send(_ message: some Encodable) throws {
        let text = try JSONEncoder().encode(message)
        let length = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) }
        try (length + text).withUnsafeBytes(send)
    }

    func send(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            try wait(for: POLLOUT)
            // A peer that is gone is an error here, and no signal to the whole process.
            let count = Foundation.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure.closed }
            rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
        }
    }

    func receive<Message: Decodable>(_ type: Message.Type) throws -> Message {
        var length: UInt64 = 0
        try withUnsafeMutableBytes(of: &length) { try receive(into: $0) }
        length = UInt64(littleEndian: length)
        guard length <= Self.longestMessage else { throw Failure.nonsense("a message of \(length) bytes") }
        let text = try [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            try receive(
                into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: Int(length)))
            count = Int(length)
        }
        do {
            return try JSONDecoder().decode(type, from: Data(text))
        } catch { throw Failure.nonsense("a message that cannot be understood") }
    }

    /// Fills the buffer.
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws {
        var rest = buffer
        while !rest.isEmpty {
            try wait(for: POLLIN)
            let count = recv(socket, rest.baseAddress, rest.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure.closed }
            rest = UnsafeMutableRawBufferPointer(rebasing: rest[Int(count)...])
        }
    }

    private func wait(for event: Int32) throws {
        guard let patience else { return }
        let end = ContinuousClock.now + .seconds(patience)
        var request = pollfd(fd: socket, events: Int16(event), revents: 0)
        while true {
            let left = (end - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { throw Failure.silent }
            let status = poll(&request, 1, Int32(min(left, 1e6).rounded(.up)))
            if status > 0 { return }
            guard status == 0 || errno == EINTR else { throw Failure.closed }
        }
    }
}
