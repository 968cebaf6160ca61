import Layers

// Simonyan and Zisserman, table 1: five blocks of 3x3 convolutions, each ended by a pooling that halves the
// picture, then three dense layers. The columns differ in how many convolutions a block has.

extension Architecture {
    /// VGG with 16 layers, column D.
    public static let vgg16 = vgg(
        16, convolutions: [2, 2, 3, 3, 3],
        withTop: ("64373286793e3c8b2b4e3219cbf3544b", 553_467_096),
        withoutTop: ("6d6bbae143d832006294945121d1f1fc", 58_889_256))

    /// VGG with 19 layers, column E.
    public static let vgg19 = vgg(
        19, convolutions: [2, 2, 4, 4, 4],
        withTop: ("cbe5617147190e668d6c5d5026f83318", 574_710_816),
        withoutTop: ("253f8cb515780f3b799900260a226db6", 80_134_624))

    private static func vgg(
        _ depth: Int, convolutions: [Int], withTop: PublishedWeights.Fingerprint,
        withoutTop: PublishedWeights.Fingerprint
    ) -> Architecture {
        Architecture(
            name: "vgg\(depth)", displayName: "VGG\(depth)",
            citation: """
                Simonyan and Zisserman, "Very deep convolutional networks for large-scale image \
                recognition", ICLR 2015
                """,
            alphas: [1], inputScaling: .caffe,
            publishedWeights: PublishedWeights.pair(
                "vgg\(depth)", in: "vgg\(depth)", withTop: withTop, withoutTop: withoutTop),
            body: { try $0.addVGG(convolutions: convolutions, $1) })
    }
}

extension NetworkBuilder {
    fileprivate mutating func addVGG(
        convolutions: [Int], _ options: Architecture.Options
    ) throws -> Output {
        var x = input
        for (block, (filters, count)) in zip(1..., zip([64, 128, 256, 512, 512], convolutions)) {
            beginGroup("block\(block)")
            for index in 1...count {
                x = try add(
                    Conv2D(
                        "block\(block)_conv\(index)", filters: filters, kernelSize: 3, padding: .same,
                        activation: .relu),
                    to: x)
            }
            x = try add(MaxPooling2D("block\(block)_pool", poolSize: 2, strides: 2), to: x)
        }

        beginGroup("top")
        guard options.includeTop else { return try pool(x, by: options.pooling) }
        return try chain(
            Flatten("flatten"),
            Dense("fc1", units: 4096, activation: .relu),
            Dense("fc2", units: 4096, activation: .relu),
            Dense("predictions", units: options.classes, activation: options.classifierActivation),
            to: x)
    }
}
