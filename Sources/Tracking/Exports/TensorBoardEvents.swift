import Foundation

/// TensorBoard's event file: TFRecords of `Event` messages (tensorflow/core/util/event.proto).
public struct TensorBoardEvents: Sendable {
    /// What one event holds.
    public enum Value: Sendable {
        /// A point of a curve.
        case scalar(Double)
        /// A picture.
        case png(Data, height: Int, width: Int)
    }

    /// The file so far.
    public private(set) var data = Data()

    /// A file without events.
    /// - Parameter time: seconds since 1970.
    public init(time: Double) {
        var event = ProtocolBuffer()
        event.add(1, time)
        event.add(3, Array("brain.Event:2".utf8))
        append(event)
    }

    /// Adds an event.
    /// - Parameters:
    ///   - tag: the curve's or the picture's name; a slash puts it into a group.
    ///   - step: where on the curve.
    ///   - time: seconds since 1970.
    public mutating func add(_ tag: String, _ value: Value, step: Int, time: Double) {
        var item = ProtocolBuffer()
        item.add(1, Array(tag.utf8))
        switch value {
        case .scalar(let number): item.add(2, Float(number))
        case .png(let data, let height, let width):
            var image = ProtocolBuffer()
            image.add(1, Int64(height))
            image.add(2, Int64(width))
            image.add(3, Int64(3))
            image.add(4, data)
            item.add(4, image.bytes)
        }
        var summary = ProtocolBuffer()
        summary.add(1, item.bytes)
        var event = ProtocolBuffer()
        event.add(1, time)
        event.add(2, Int64(step))
        event.add(5, summary.bytes)
        append(event)
    }

    /// A record: length, its checksum, the message, its checksum.
    private mutating func append(_ event: ProtocolBuffer) {
        let length = UInt64(event.bytes.count).littleEndianBytes
        data += length + CRC32C.masked(length).littleEndianBytes
        data += event.bytes + CRC32C.masked(event.bytes).littleEndianBytes
    }
}
