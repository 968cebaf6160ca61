import Layers
import Tensors
import Wording

/// A network that is known by name: how it is built, what input it expects, and where its weights are.
///
/// ```swift
/// let backbone = try Architecture.named("mobilenet")
///     .network(input: [128, 128, 3], alpha: 0.25, includeTop: false)
///     .until("conv_pw_12_relu")
/// ```
/// Layers have Keras's names, so that weights that Keras published or saved fit; layer groups are the
/// blocks that the network's paper speaks of. Each architecture stands in a file of its own.
public struct Architecture: Sendable {
    /// The name in configurations and on the command line: `resnet50`.
    public let name: String
    /// The name in tables and reports: `ResNet50`.
    public let displayName: String
    /// The paper.
    public let citation: String
    /// The width multipliers for which weights were published; `[1]` where there is no multiplier.
    public let alphas: [Double]
    /// How pixels are scaled before they enter the network.
    public let inputScaling: InputScaling
    /// The files that Keras publishes, all of them trained on ImageNet.
    public let publishedWeights: [PublishedWeights]
    let body: @Sendable (inout NetworkBuilder, Options) throws -> NetworkBuilder.Output

    /// The height and width of the pictures that the published weights were trained on.
    public let defaultSize = 224
    /// The least height and width that leaves something of a picture, which is also Keras's limit.
    public let minimumSize = 32

    /// Every architecture, by family and depth.
    public static let all = [
        vgg16, vgg19, resnet50, resnet101, resnet152, resnet50V2, resnet101V2, resnet152V2, mobilenet,
        mobilenetV2, mobilenetV3Small, mobilenetV3Large, mobilenetV3SmallMinimalistic,
        mobilenetV3LargeMinimalistic,
    ]

    /// The architecture of a name; upper and lower case are the same.
    /// - Throws: ``ArchitectureError/unknown(_:nearest:known:)``
    public static func named(_ name: String) throws(ArchitectureError) -> Architecture {
        if let found = all.first(where: { $0.name == name.lowercased() }) { return found }
        let known = all.map(\.name)
        throw .unknown(name, nearest: nearestNames(to: name, among: known), known: known)
    }

    /// Builds the network.
    /// - Parameters:
    ///   - input: the shape of a picture, `[H, W, C]` with 3 channels, or 1, which the published weights
    ///     do not fit; `[224, 224, 3]` if nil.
    ///   - alpha: the width multiplier, one of ``alphas``.
    ///   - includeTop: whether the classifier is there; without it, the output is the last feature map.
    ///   - classes: how many classes the classifier tells apart.
    ///   - pooling: what becomes of the last feature map of a network without a classifier.
    ///   - classifierActivation: `.softmax` for probabilities, `.linear` for logits.
    /// - Throws: ``ArchitectureError`` where the network cannot be built so.
    public func network(
        input: Shape? = nil, alpha: Double = 1, includeTop: Bool = true, classes: Int = 1000,
        pooling: Pooling? = nil, classifierActivation: ActivationFunction = .softmax
    ) throws -> Network {
        let input = input ?? [defaultSize, defaultSize, 3]
        try check(input: input, alpha: alpha, includeTop: includeTop, classes: classes, pooling: pooling)
        let options = Options(
            alpha: alpha, includeTop: includeTop, classes: classes, pooling: pooling,
            classifierActivation: classifierActivation)
        var builder = NetworkBuilder(name, input: input)
        let output = try body(&builder, options)
        return builder.build(output: output)
    }

    /// How many numbers the arrays of the network have at its default size, statistics included, as Keras
    /// counts them.
    /// - Throws: ``ArchitectureError/alpha(architecture:expected:found:)``
    public func parameterCount(includeTop: Bool = true, alpha: Double = 1) throws -> Int {
        try network(alpha: alpha, includeTop: includeTop).parameterCount
    }

    /// The published file for a network, the one trained at the nearest picture size.
    ///
    /// - Returns: nil where none was published for that alpha.
    public func publishedWeights(includesTop: Bool, alpha: Double = 1, size: Int = 224) -> PublishedWeights? {
        publishedWeights
            .filter { $0.includesTop == includesTop && $0.alpha == alpha }
            .min { abs($0.imageSize - size) < abs($1.imageSize - size) }
    }

    private func check(
        input: Shape, alpha: Double, includeTop: Bool, classes: Int, pooling: Pooling?
    ) throws(ArchitectureError) {
        guard input.rank == 3, input[0] >= minimumSize, input[1] >= minimumSize else {
            throw .inputSize(architecture: name, minimum: minimumSize, found: input)
        }
        guard input[2] == 3 || input[2] == 1 else { throw .inputChannels(architecture: name, found: input) }
        guard alphas.contains(alpha) else {
            throw .alpha(architecture: name, expected: alphas, found: alpha)
        }
        if includeTop {
            guard classes > 0 else { throw .classes(architecture: name, found: classes) }
            guard pooling == nil else { throw .poolingWithTop(architecture: name) }
        }
    }
}

extension Architecture {
    /// What is left open in an architecture's table.
    struct Options: Sendable {
        let alpha: Double
        let includeTop: Bool
        let classes: Int
        let pooling: Pooling?
        let classifierActivation: ActivationFunction
    }

    /// What may become of the last feature map of a network without a classifier.
    public enum Pooling: String, Sendable, CaseIterable {
        /// The mean of every channel.
        case average = "avg"
        /// The largest element of every channel.
        case max
    }
}
