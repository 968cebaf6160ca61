import Layers

// He et al., table 1: after a 7x7 convolution and a pooling, four stages of bottleneck blocks (1x1, 3x3, 1x1),
// whose number makes the depth. As in Keras and the authors' Caffe models, the first 1x1 convolution of a
// stage has the stride (later versions give it to the 3x3), and convolutions have a bias.

extension Architecture {
    /// ResNet with 50 layers.
    public static let resnet50 = resNet(
        50, blocks: [3, 4, 6, 3],
        withTop: ("2cb95161c43110f7111970584f804107", 102_967_424),
        withoutTop: ("4d473c1dd8becc155b73f8504c6f6626", 94_765_736))

    /// ResNet with 101 layers.
    public static let resnet101 = resNet(
        101, blocks: [3, 4, 23, 3],
        withTop: ("f1aeb4b969a6efcfb50fad2f0c20cfc5", 179_648_224),
        withoutTop: ("88cf7a10940856eca736dc7b7e228a21", 171_446_536))

    /// ResNet with 152 layers.
    public static let resnet152 = resNet(
        152, blocks: [3, 8, 36, 3],
        withTop: ("100835be76be38e30d865e96f2aaae62", 242_900_552),
        withoutTop: ("ee4c566cf9a93f14d82f913c2dc6dd0c", 234_698_864))

    private static func resNet(
        _ depth: Int, blocks: [Int], withTop: PublishedWeights.Fingerprint,
        withoutTop: PublishedWeights.Fingerprint
    ) -> Architecture {
        Architecture(
            name: "resnet\(depth)", displayName: "ResNet\(depth)",
            citation: "He et al., \"Deep residual learning for image recognition\", CVPR 2016",
            alphas: [1], inputScaling: .caffe,
            publishedWeights: PublishedWeights.pair(
                "resnet\(depth)", in: "resnet", withTop: withTop, withoutTop: withoutTop),
            body: { try $0.addResNet(blocks: blocks, $1) })
    }
}

extension NetworkBuilder {
    fileprivate mutating func addResNet(blocks: [Int], _ options: Architecture.Options) throws -> Output {
        beginGroup("conv1")
        var x = try chain(
            ZeroPadding2D("conv1_pad", padding: 3),
            Conv2D("conv1_conv", filters: 64, kernelSize: 7, strides: 2),
            normalization("conv1_bn"),
            Activation("conv1_relu", .relu),
            ZeroPadding2D("pool1_pad", padding: 1),
            MaxPooling2D("pool1_pool", poolSize: 3, strides: 2),
            to: input)

        for (stage, (filters, count)) in zip(2..., zip([64, 128, 256, 512], blocks)) {
            beginGroup("conv\(stage)")
            for block in 1...count {
                x = try addBottleneck(
                    "conv\(stage)_block\(block)", filters: filters,
                    strides: stage > 2 && block == 1 ? 2 : 1, projects: block == 1, to: x)
            }
        }

        beginGroup("top")
        guard options.includeTop else {
            return try pool(x, by: options.pooling, average: "avg_pool", max: "max_pool")
        }
        return try chain(
            GlobalAveragePooling2D("avg_pool"),
            Dense("predictions", units: options.classes, activation: options.classifierActivation),
            to: x)
    }

    /// The block of the paper's figure 5, right; where the shape changes, the shortcut is a projection.
    private mutating func addBottleneck(
        _ name: String, filters: Int, strides: Pair, projects: Bool, to x: Output
    ) throws -> Output {
        let shortcut =
            try projects
            ? chain(
                Conv2D("\(name)_0_conv", filters: 4 * filters, kernelSize: 1, strides: strides),
                normalization("\(name)_0_bn"),
                to: x) : x
        let residual = try chain(
            Conv2D("\(name)_1_conv", filters: filters, kernelSize: 1, strides: strides),
            normalization("\(name)_1_bn"),
            Activation("\(name)_1_relu", .relu),
            Conv2D("\(name)_2_conv", filters: filters, kernelSize: 3, padding: .same),
            normalization("\(name)_2_bn"),
            Activation("\(name)_2_relu", .relu),
            Conv2D("\(name)_3_conv", filters: 4 * filters, kernelSize: 1),
            normalization("\(name)_3_bn"),
            to: x)
        let sum = try add(Add("\(name)_add"), to: [shortcut, residual])
        return try add(Activation("\(name)_out", .relu), to: sum)
    }

    /// The authors' epsilon of 1e-5, as Keras has it since it took cuDNN's lower limit of 1e-5 for an open one.
    private func normalization(_ name: String) -> BatchNormalization {
        BatchNormalization(name, epsilon: 1.001e-5)
    }
}
