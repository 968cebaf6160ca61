import Layers

// He et al., "Identity mappings": ResNet's stages with normalization and rectifier before the convolutions, so
// that the shortcuts run from end to end unchanged. As in Keras, the last block of a stage has the stride, and
// the shortcut beside it takes every second pixel.

extension Architecture {
    /// The second version of ResNet with 50 layers.
    public static let resnet50V2 = resNetV2(
        50, blocks: [3, 4, 6, 3],
        withTop: ("3ef43a0b657b3be2300d5770ece849e0", nil),
        withoutTop: ("fac2f116257151a9d068a22e544a4917", 94_668_760))

    /// The second version of ResNet with 101 layers.
    public static let resnet101V2 = resNetV2(
        101, blocks: [3, 4, 23, 3],
        withTop: ("6343647c601c52e1368623803854d971", nil),
        withoutTop: ("c0ed64b8031c3730f411d2eb4eea35b5", 171_317_808))

    /// The second version of ResNet with 152 layers.
    public static let resnet152V2 = resNetV2(
        152, blocks: [3, 8, 36, 3],
        withTop: ("a49b44d1979771252814e80f8ec446f9", nil),
        withoutTop: ("ed17cf2e0169df9d443503ef94b23b33", 234_545_216))

    private static func resNetV2(
        _ depth: Int, blocks: [Int], withTop: PublishedWeights.Fingerprint,
        withoutTop: PublishedWeights.Fingerprint
    ) -> Architecture {
        Architecture(
            name: "resnet\(depth)v2", displayName: "ResNet\(depth)V2",
            citation: "He et al., \"Identity mappings in deep residual networks\", ECCV 2016",
            alphas: [1], inputScaling: .tf,
            publishedWeights: PublishedWeights.pair(
                "resnet\(depth)v2", in: "resnet", withTop: withTop, withoutTop: withoutTop),
            body: { try $0.addResNetV2(blocks: blocks, $1) })
    }
}

extension NetworkBuilder {
    fileprivate mutating func addResNetV2(blocks: [Int], _ options: Architecture.Options) throws -> Output {
        beginGroup("conv1")
        var x = try chain(
            ZeroPadding2D("conv1_pad", padding: 3),
            Conv2D("conv1_conv", filters: 64, kernelSize: 7, strides: 2),
            ZeroPadding2D("pool1_pad", padding: 1),
            MaxPooling2D("pool1_pool", poolSize: 3, strides: 2),
            to: input)

        var names = AutomaticNames()
        for (stage, (filters, count)) in zip(2..., zip([64, 128, 256, 512], blocks)) {
            beginGroup("conv\(stage)")
            for block in 1...count {
                x = try addBottleneck(
                    "conv\(stage)_block\(block)", filters: filters,
                    strides: stage < 5 && block == count ? 2 : 1, projects: block == 1, &names, to: x)
            }
        }
        // What the blocks before it did at their beginning is left to do for the last.
        x = try chain(normalization("post_bn"), Activation("post_relu", .relu), to: x)

        beginGroup("top")
        guard options.includeTop else {
            return try pool(x, by: options.pooling, average: "avg_pool", max: "max_pool")
        }
        return try chain(
            GlobalAveragePooling2D("avg_pool"),
            Dense("predictions", units: options.classes, activation: options.classifierActivation),
            to: x)
    }

    /// The block of the paper's figure 1, b; where the number of channels changes, the shortcut is a projection.
    private mutating func addBottleneck(
        _ name: String, filters: Int, strides: Pair, projects: Bool, _ names: inout AutomaticNames,
        to x: Output
    ) throws -> Output {
        let activated = try chain(
            normalization("\(name)_preact_bn"), Activation("\(name)_preact_relu", .relu), to: x)
        var shortcut = x
        if projects {
            shortcut = try add(
                Conv2D("\(name)_0_conv", filters: 4 * filters, kernelSize: 1, strides: strides),
                to: activated)
        } else if strides != 1 {
            shortcut = try add(
                MaxPooling2D(names.next("max_pooling2d"), poolSize: 1, strides: strides), to: x)
        }
        let residual = try chain(
            Conv2D("\(name)_1_conv", filters: filters, kernelSize: 1, useBias: false),
            normalization("\(name)_1_bn"),
            Activation("\(name)_1_relu", .relu),
            ZeroPadding2D("\(name)_2_pad", padding: 1),
            Conv2D("\(name)_2_conv", filters: filters, kernelSize: 3, strides: strides, useBias: false),
            normalization("\(name)_2_bn"),
            Activation("\(name)_2_relu", .relu),
            Conv2D("\(name)_3_conv", filters: 4 * filters, kernelSize: 1),
            to: activated)
        return try add(Add("\(name)_out"), to: [shortcut, residual])
    }

    /// With the epsilon of ResNet's first version.
    private func normalization(_ name: String) -> BatchNormalization {
        BatchNormalization(name, epsilon: 1.001e-5)
    }
}
