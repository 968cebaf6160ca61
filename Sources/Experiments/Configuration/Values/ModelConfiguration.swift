import KerasFiles
import Layers
import Training

/// The section `model`: the backbone, its weights, and the head that is grafted on.
public struct ModelConfiguration: Sendable, Equatable {
    /// Where the backbone's weights come from.
    public enum Weights: Sendable, Equatable {
        /// A Keras file, and which of its layers become which of the backbone's.
        case file(String, ImportOptions = ImportOptions())
        /// Nowhere: they are drawn at random. Written `none`.
        case random
    }

    /// How the values of a picture, 0 to 255, are changed before they enter the network.
    public enum Preprocessing: String, Sendable, CaseIterable {
        /// Blue first, and the mean of ImageNet's pictures taken from each channel.
        case caffe
        /// From -1 to 1.
        case tf
        /// From 0 to 1, then normalized by ImageNet's mean and deviation for each channel.
        case torch
        /// From 0 to 1.
        case unit
        /// Not at all.
        case none
    }

    /// The backbone's architecture: `mobilenet`.
    public var architecture: String
    /// The width multiplier.
    public var alpha: Double
    /// The height of the pictures that enter the network.
    public var inputHeight: Int
    /// The width of the pictures that enter the network.
    public var inputWidth: Int
    /// 3 for colour, 1 for grey.
    public var channels: Int
    /// Where the backbone's weights come from.
    public var weights: Weights
    /// The layer after which the backbone is cut; nil for its last.
    public var until: String?
    /// How pixels are scaled; nil for what the architecture expects.
    public var preprocessing: Preprocessing?
    /// What stands on the backbone.
    public var head: HeadConfiguration
    /// How often the backbone's last residual block is left out while training; 0 for never. Written as
    /// `regularization.stochastic_depth`.
    public var stochasticDepth: Double

    /// A model section with the defaults of the YAML file.
    public init(
        architecture: String, alpha: Double = 1, inputHeight: Int = 224, inputWidth: Int = 224,
        channels: Int = 3, weights: Weights, until: String? = nil, preprocessing: Preprocessing? = nil,
        head: HeadConfiguration = HeadConfiguration(), stochasticDepth: Double = 0
    ) {
        self.architecture = architecture
        self.alpha = alpha
        self.inputHeight = inputHeight
        self.inputWidth = inputWidth
        self.channels = channels
        self.weights = weights
        self.until = until
        self.preprocessing = preprocessing
        self.head = head
        self.stochasticDepth = stochasticDepth
    }
}

/// The new layers between the backbone's last feature map and the classes.
public struct HeadConfiguration: Sendable, Equatable {
    /// What becomes of the feature map.
    public enum Pooling: String, Sendable, CaseIterable {
        /// The mean of every channel.
        case average = "avg"
        /// The largest element of every channel.
        case max
        /// All elements, one after the other.
        case flatten
    }

    /// What becomes of the feature map.
    public var pooling: Pooling
    /// The share of elements that are dropped before the classifier, in `0..<1`.
    public var dropout: Double
    /// The share of the feature map's channels that are dropped before they are pooled, in `0..<1`. Written
    /// as `regularization.spatial_dropout`.
    public var spatialDropout: Double
    /// The units of the dense layers before the classifier.
    public var dense: [Int]
    /// The dense layers' activation.
    public var activation: ActivationFunction
    /// What the classifier is worked out by, at once, from what the backbone makes of the training pictures;
    /// nil where it is trained.
    public var solver: HeadSolver?

    /// A head with the defaults of the YAML file.
    public init(
        pooling: Pooling = .average, dropout: Double = 0, dense: [Int] = [],
        activation: ActivationFunction = .relu, spatialDropout: Double = 0, solver: HeadSolver? = nil
    ) {
        self.solver = solver
        self.pooling = pooling
        self.dropout = dropout
        self.spatialDropout = spatialDropout
        self.dense = dense
        self.activation = activation
    }
}
