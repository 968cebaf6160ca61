import Layers

// Howard et al., table 1: a convolution, then thirteen pairs of a 3x3 depthwise and a 1x1 convolution. The
// width multiplier alpha thins all of them. As in Keras, strided windows begin at the picture's first pixel.

extension Architecture {
    /// MobileNet, the first version, with the width multipliers of the paper.
    public static let mobilenet = Architecture(
        name: "mobilenet", displayName: "MobileNet",
        citation: """
            Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision \
            applications", arXiv:1704.04861, 2017
            """,
        alphas: [0.25, 0.5, 0.75, 1], inputScaling: .tf,
        publishedWeights: [(0.25, "2_5"), (0.5, "5_0"), (0.75, "7_5"), (1, "1_0")].flatMap { alpha, text in
            [128, 160, 192, 224].flatMap { size in
                [(true, ""), (false, "_no_top")].map { includesTop, suffix in
                    PublishedWeights(
                        "mobilenet_\(text)_\(size)_tf\(suffix).h5", in: "mobilenet",
                        bytes: text == "1_0" && size == 224 && !includesTop ? 17_225_924 : nil,
                        includesTop: includesTop, alpha: alpha, imageSize: size)
                }
            }
        },
        body: { try $0.addMobileNet($1) })
}

extension NetworkBuilder {
    fileprivate mutating func addMobileNet(_ options: Architecture.Options) throws -> Output {
        func thinned(_ filters: Int) -> Int { Int(Double(filters) * options.alpha) }

        beginGroup("conv1")
        var x = try chain(
            Conv2D(
                "conv1", filters: thinned(32), kernelSize: 3, strides: 2, padding: .same, useBias: false),
            BatchNormalization("conv1_bn"),
            ReLU("conv1_relu", maxValue: 6),
            to: input)

        let blocks: [(filters: Int, strides: Pair)] =
            [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)]
            + Array(repeating: (512, 1), count: 5) + [(1024, 2), (1024, 1)]
        for (block, (filters, strides)) in zip(1..., blocks) {
            beginGroup("block_\(block)")
            x = try addSeparableBlock(block, filters: thinned(filters), strides: strides, to: x)
        }

        beginGroup("top")
        guard options.includeTop else { return try pool(x, by: options.pooling) }
        return try chain(
            GlobalAveragePooling2D("global_average_pooling2d", keepDimensions: true),
            Dropout("dropout", rate: 1e-3),
            Conv2D("conv_preds", filters: options.classes, kernelSize: 1, padding: .same),
            Reshape("reshape_2", targetShape: [options.classes]),
            Activation("predictions", options.classifierActivation),
            to: x)
    }

    /// The block of the paper's figure 3, right.
    private mutating func addSeparableBlock(
        _ block: Int, filters: Int, strides: Pair, to input: Output
    ) throws -> Output {
        let shrinks = strides != 1
        let x =
            try shrinks
            ? add(ZeroPadding2D("conv_pad_\(block)", before: 0, after: 1), to: input) : input
        return try chain(
            DepthwiseConv2D(
                "conv_dw_\(block)", kernelSize: 3, strides: strides, padding: shrinks ? .valid : .same,
                useBias: false),
            BatchNormalization("conv_dw_\(block)_bn"),
            ReLU("conv_dw_\(block)_relu", maxValue: 6),
            Conv2D("conv_pw_\(block)", filters: filters, kernelSize: 1, padding: .same, useBias: false),
            BatchNormalization("conv_pw_\(block)_bn"),
            ReLU("conv_pw_\(block)_relu", maxValue: 6),
            to: x)
    }
}
