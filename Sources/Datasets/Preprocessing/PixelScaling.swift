import Tensors

/// What becomes of 8-bit values before they enter a network: `(x − mean[c]) / deviation[c]` for channel `c`.
///
/// The statics are the modes of Keras's `preprocess_input`, with its constants. Networks with one channel
/// take the mean of the three channels' constants, which for all but `caffe` and `torch` are equal anyway.
public struct PixelScaling: Sendable, Equatable {
    /// What is subtracted from each channel, in the order in which the network gets them; 3 values.
    public let mean: [Float]
    /// What each channel is divided by then; 3 values.
    public let deviation: [Float]
    /// Whether blue comes first; without effect on one channel.
    public let reversesChannels: Bool

    /// Blue first, and the mean of ImageNet's pictures subtracted; not scaled. Keras's VGG and ResNet.
    public static let caffe = PixelScaling(
        mean: [103.939, 116.779, 123.68], deviation: [1, 1, 1], reversesChannels: true)
    /// From −1 to 1. Keras's MobileNet.
    public static let tf = PixelScaling(uniform: 127.5, 127.5)
    /// From 0 to 1, then less the mean of ImageNet's pictures and divided by their deviation.
    public static let torch = PixelScaling(
        mean: [0.485 * 255, 0.456 * 255, 0.406 * 255], deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
        reversesChannels: false)
    /// From 0 to 1.
    public static let unit = PixelScaling(uniform: 0, 255)
    /// From 0 to 255, as they are.
    public static let none = PixelScaling(uniform: 0, 1)

    /// The statics by name, in alphabetical order.
    public static let all: [(name: String, scaling: PixelScaling)] = [
        ("caffe", caffe), ("none", none), ("tf", tf), ("torch", torch), ("unit", unit),
    ]

    /// The static of a name.
    /// - Throws: ``DatasetError/request(_:expected:found:)``
    public static func named(_ name: String) throws(DatasetError) -> PixelScaling {
        if let found = all.first(where: { $0.name == name }) { return found.scaling }
        throw .request(
            "pixel scaling", expected: all.map(\.name).joined(separator: ", "), found: "'\(name)'")
    }

    /// A scaling of one's own.
    /// - Parameters:
    ///   - mean: one value for all channels, or 3 in the order in which the network gets them.
    ///   - deviation: likewise; none may be 0.
    /// - Throws: ``DatasetError/request(_:expected:found:)``
    public init(
        means mean: [Float], deviations deviation: [Float], reversesChannels: Bool = false
    ) throws(DatasetError) {
        for (what, values) in [("mean", mean), ("deviation", deviation)] {
            guard values.count == 1 || values.count == 3, values.allSatisfy(\.isFinite) else {
                throw .request(
                    "\(what) of the pixel scaling", expected: "1 or 3 finite numbers", found: "\(values)")
            }
        }
        guard !deviation.contains(0) else {
            throw .request("deviation of the pixel scaling", expected: "no 0", found: "\(deviation)")
        }
        self.init(
            mean: mean.count == 1 ? [mean[0], mean[0], mean[0]] : mean,
            deviation: deviation.count == 1 ? [deviation[0], deviation[0], deviation[0]] : deviation,
            reversesChannels: reversesChannels)
    }

    private init(mean: [Float], deviation: [Float], reversesChannels: Bool) {
        self.mean = mean
        self.deviation = deviation
        self.reversesChannels = reversesChannels
    }

    private init(uniform mean: Float, _ deviation: Float) {
        self.init(
            mean: [mean, mean, mean], deviation: [deviation, deviation, deviation], reversesChannels: false)
    }
}
