/// A file of weights, trained on ImageNet, that Keras publishes.
public struct PublishedWeights: Hashable, Sendable {
    /// The file's name: `resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5`.
    public let fileName: String
    /// Where it can be downloaded.
    public let url: String
    /// The MD5 that Keras checks, in hexadecimal; nil where Keras publishes none.
    public let md5: String?
    /// The file's size; nil where it is not on record.
    public let byteCount: Int?
    /// Whether the classifier's arrays are in it.
    public let includesTop: Bool
    /// The width multiplier.
    public let alpha: Double
    /// The height and width of the pictures that it was trained on.
    public let imageSize: Int

    /// A file in a folder of Keras's storage.
    init(
        _ fileName: String, in folder: String, md5: String? = nil, bytes: Int? = nil, includesTop: Bool,
        alpha: Double = 1, imageSize: Int = 224
    ) {
        self.fileName = fileName
        url = "https://storage.googleapis.com/tensorflow/keras-applications/\(folder)/\(fileName)"
        self.md5 = md5
        byteCount = bytes
        self.includesTop = includesTop
        self.alpha = alpha
        self.imageSize = imageSize
    }

    /// The two files of a network: VGG's and ResNet's are named alike.
    static func pair(
        _ network: String, in folder: String, withTop: Fingerprint, withoutTop: Fingerprint
    ) -> [PublishedWeights] {
        let stem = "\(network)_weights_tf_dim_ordering_tf_kernels"
        return [
            PublishedWeights(
                "\(stem).h5", in: folder, md5: withTop.md5, bytes: withTop.bytes, includesTop: true),
            PublishedWeights(
                "\(stem)_notop.h5", in: folder, md5: withoutTop.md5, bytes: withoutTop.bytes,
                includesTop: false),
        ]
    }

    /// What a file is recognised by.
    typealias Fingerprint = (md5: String, bytes: Int?)
}
