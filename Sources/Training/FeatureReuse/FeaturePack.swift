import Foundation
import Layers
import Tensors

/// A file of the feature cache: the features of some pictures, written once and mapped into memory to be read.
///
/// | bytes | what they are, numbers little-endian |
/// |---|---|
/// | 8 | `GRAFTFP1` |
/// | 16 | a ``ContentHash`` of everything behind it |
/// | 8, 8 | how many pictures; how many numbers each has |
/// | 8 | how long computing a picture took, in nanoseconds |
/// | 16 each | what the network was given (``BatchLoader/inputHashes(contents:epoch:)``) |
/// | 4 each | the features, Float32, one picture after the other |
struct FeaturePack: Sendable {
    /// The file.
    let url: URL
    /// What the network was given, in the order of the features.
    let inputs: [ContentHash]
    /// How many numbers a picture has.
    let width: Int
    /// How long computing a picture took.
    let secondsPerPicture: Double
    private let data: Data

    private static let magic = Data("GRAFTFP1".utf8)
    private static let headerSize = 48

    /// How many bytes a pack has.
    static func byteCount(pictures: Int, width: Int) -> Int {
        headerSize + pictures * (ContentHash.byteCount + width * 4)
    }

    /// Maps a file and checks all of it.
    /// - Returns: nil where it is damaged.
    init?(mapping url: URL) {
        guard let data = try? Data(contentsOf: url, options: .alwaysMapped), data.count >= Self.headerSize,
            data.prefix(8) == Self.magic,
            ContentHash(of: data.dropFirst(24)) == ContentHash(bytes: data, at: 8)
        else { return nil }
        let (count, width) = (Self.number(data, 24), Self.number(data, 32))
        guard count >= 0, width > 0, count <= data.count, width <= data.count,
            data.count == Self.byteCount(pictures: count, width: width)
        else { return nil }
        self.url = url
        self.width = width
        self.data = data
        secondsPerPicture = Double(Self.number(data, 40)) / 1e9
        inputs = (0..<count).map { number in
            ContentHash(bytes: data, at: Self.headerSize + number * ContentHash.byteCount)
        }
    }

    /// Copies the features of a picture into a row of `[N, …]`.
    func copy(_ position: Int, toRow row: Int, of features: inout Tensor) {
        let start = Self.headerSize + inputs.count * ContentHash.byteCount
        features.copyElements(
            row * width..<(row + 1) * width, from: data, at: start + position * width * 4)
    }

    /// The bytes of a pack.
    static func contents(
        _ inputs: [ContentHash], _ features: [Tensor], width: Int, secondsPerPicture: Double
    ) -> Data {
        var body = Data(capacity: byteCount(pictures: inputs.count, width: width))
        for number in [inputs.count, width, Int(secondsPerPicture * 1e9)] { body.append(bytes(number)) }
        for input in inputs { body.append(input.bytes) }
        for tensor in features { body.append(tensor.bytes) }
        return magic + ContentHash(of: body).bytes + body
    }

    private static func bytes(_ number: Int) -> Data {
        Data((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }

    private static func number(_ data: Data, _ offset: Int) -> Int {
        Int(
            truncatingIfNeeded: (0..<8).reduce(UInt64(0)) {
                $0 | UInt64(data[offset + $1]) << (8 * UInt64($1))
            })
    }
}
