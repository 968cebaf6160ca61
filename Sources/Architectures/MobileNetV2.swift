import Layers
import Tensors

// Sandler et al., table 2: a convolution, seventeen inverted residual blocks, a last convolution. A block widens
// its input by 1x1, filters it by 3x3 depthwise, and narrows it by 1x1 without a rectifier; where input and output
// have one shape they are added. The width multiplier alpha thins all but a last convolution of 1280.

extension Architecture {
    /// MobileNet, the second version, with the width multipliers of the published weights.
    ///
    /// Layer groups: `conv1`, `block_0` (Keras's `expanded_conv`) to `block_16`, `conv_last`, `top`.
    public static let mobilenetV2 = Architecture(
        name: "mobilenet_v2", displayName: "MobileNetV2",
        citation: """
            Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", CVPR 2018
            """,
        alphas: [0.35, 0.5, 0.75, 1, 1.3, 1.4], inputScaling: .tf,
        publishedWeights: [0.35, 0.5, 0.75, 1, 1.3, 1.4].flatMap(mobileNetV2Weights),
        body: { try $0.addMobileNetV2($1) })

    /// The wider networks were trained at one size only.
    private static func mobileNetV2Weights(alpha: Double) -> [PublishedWeights] {
        let sizes = alpha > 1 ? [224] : [96, 128, 160, 192, 224]
        return sizes.flatMap { size in
            let stem = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_\(alpha)_\(size)"
            return [
                PublishedWeights(
                    "\(stem).h5", in: "mobilenet_v2", includesTop: true, alpha: alpha, imageSize: size),
                PublishedWeights(
                    "\(stem)_no_top.h5", in: "mobilenet_v2",
                    bytes: alpha == 1 && size == 224 ? 9_406_464 : nil, includesTop: false, alpha: alpha,
                    imageSize: size),
            ]
        }
    }
}

extension NetworkBuilder {
    /// A row of the paper's table: t, c, n, s.
    private typealias Row = (expansion: Int, filters: Int, count: Int, strides: Pair)

    fileprivate mutating func addMobileNetV2(_ options: Architecture.Options) throws -> Output {
        let alpha = options.alpha
        beginGroup("conv1")
        var x = try chain(
            Conv2D(
                "Conv1", filters: roundedChannels(32 * alpha), kernelSize: 3, strides: 2, padding: .same,
                useBias: false),
            normalization("bn_Conv1"),
            ReLU("Conv1_relu", maxValue: 6),
            to: input)

        let rows: [Row] = [
            (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
            (6, 320, 1, 1),
        ]
        var block = 0
        for (expansion, filters, count, strides) in rows {
            let filters = roundedChannels((Double(filters) * alpha).rounded(.down))
            for index in 0..<count {
                beginGroup("block_\(block)")
                x = try addInvertedResidual(
                    block == 0 ? "expanded_conv" : "block_\(block)", expansion: expansion, filters: filters,
                    strides: index == 0 ? strides : 1, to: x)
                block += 1
            }
        }

        beginGroup("conv_last")
        x = try chain(
            Conv2D(
                "Conv_1", filters: roundedChannels(1280 * max(alpha, 1)), kernelSize: 1, useBias: false),
            normalization("Conv_1_bn"),
            ReLU("out_relu", maxValue: 6),
            to: x)

        beginGroup("top")
        guard options.includeTop else { return try pool(x, by: options.pooling) }
        return try chain(
            GlobalAveragePooling2D("global_average_pooling2d"),
            Dense("predictions", units: options.classes, activation: options.classifierActivation),
            to: x)
    }

    /// The block of the paper's figure 4, d.
    private mutating func addInvertedResidual(
        _ name: String, expansion: Int, filters: Int, strides: Pair, to input: Output
    ) throws -> Output {
        let channels = input.shape[2]
        var x = input
        if expansion > 1 {
            x = try chain(
                Conv2D(
                    "\(name)_expand", filters: expansion * channels, kernelSize: 1, padding: .same,
                    useBias: false),
                normalization("\(name)_expand_BN"),
                ReLU("\(name)_expand_relu", maxValue: 6),
                to: x)
        }
        let shrinks = strides != 1
        if shrinks { x = try add(.halving("\(name)_pad", kernelSize: 3, of: x.shape), to: x) }
        x = try chain(
            DepthwiseConv2D(
                "\(name)_depthwise", kernelSize: 3, strides: strides, padding: shrinks ? .valid : .same,
                useBias: false),
            normalization("\(name)_depthwise_BN"),
            ReLU("\(name)_depthwise_relu", maxValue: 6),
            Conv2D("\(name)_project", filters: filters, kernelSize: 1, padding: .same, useBias: false),
            normalization("\(name)_project_BN"),
            to: x)
        guard !shrinks, channels == filters else { return x }
        return try add(Add("\(name)_add"), to: [input, x])
    }

    private func normalization(_ name: String) -> BatchNormalization {
        BatchNormalization(name, momentum: 0.999)
    }
}
