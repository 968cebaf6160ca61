import Layers

// Howard et al., tables 1 and 2: inverted residual blocks like MobileNetV2's, some with a gate (squeeze and
// excitation) and, in the deeper half, hard-swish for ReLU. Pixels come as they are: the network scales them
// itself. The minimalistic variants have no gates, no hard-swish and no 5x5 windows.

extension Architecture {
    /// MobileNetV3 for the least resources.
    ///
    /// Layer groups: `conv1`, `block_0` (Keras's `expanded_conv`, `block_1` its `expanded_conv_1`) to
    /// `block_10`, `conv_last`, `top`.
    public static let mobilenetV3Small = mobileNetV3(
        .small, isMinimalistic: false,
        fingerprints: [
            (0.75, "cb65d4e5be93758266aa0a7f2c6708b7", "ebdb5cc8e0b497cd13a7c275d475c819"),
            (1, "8768d4c2e7dee89b9d02b2d03d65d862", "d3e8ec802a04aa4fc771ee12a9a9b836"),
        ])

    /// ``mobilenetV3Small`` of plain convolutions, which suit accelerators.
    public static let mobilenetV3SmallMinimalistic = mobileNetV3(
        .small, isMinimalistic: true,
        fingerprints: [(1, "99cd97fb2fcdad2bf028eb838de69e37", "cde8136e733e811080d9fcd8a252f7e4")])

    /// MobileNetV3 for more resources.
    ///
    /// Layer groups: `conv1`, `block_0` (Keras's `expanded_conv`, `block_1` its `expanded_conv_1`) to
    /// `block_14`, `conv_last`, `top`.
    public static let mobilenetV3Large = mobileNetV3(
        .large, isMinimalistic: false,
        fingerprints: [
            (0.75, "765b44a33ad4005b3ac83185abf1d0eb", "40af19a13ebea4e2ee0c676887f69a2e"),
            (1, "59e551e166be033d707958cf9e29a6a7", "07fb09a5933dd0c8eaafa16978110389"),
        ])

    /// ``mobilenetV3Large`` of plain convolutions, which suit accelerators.
    public static let mobilenetV3LargeMinimalistic = mobileNetV3(
        .large, isMinimalistic: true,
        fingerprints: [(1, "675e7b876c45c57e9e63e6d90a36599c", "ec5221f64a2f6d1ef965a614bdae7973")])

    private static func mobileNetV3(
        _ table: MobileNetV3Table, isMinimalistic: Bool,
        fingerprints: [(alpha: Double, withTop: String, withoutTop: String)]
    ) -> Architecture {
        let name = table.name + (isMinimalistic ? "_minimalistic" : "")
        return Architecture(
            name: "mobilenet_v3_\(name)",
            displayName: "MobileNetV3\(table.displayName)\(isMinimalistic ? " minimalistic" : "")",
            citation: "Howard et al., \"Searching for MobileNetV3\", ICCV 2019",
            alphas: fingerprints.map(\.alpha), inputScaling: .none,
            publishedWeights: fingerprints.flatMap { alpha, withTop, withoutTop in
                let stem = "weights_mobilenet_v3_\(name)_224_\(alpha)_float"
                return [
                    PublishedWeights(
                        "\(stem).h5", in: "mobilenet_v3", md5: withTop, includesTop: true, alpha: alpha),
                    PublishedWeights(
                        "\(stem)_no_top_v2.h5", in: "mobilenet_v3", md5: withoutTop,
                        bytes: name == "small_minimalistic" ? 2_128_592 : nil, includesTop: false,
                        alpha: alpha),
                ]
            },
            body: { builder, options in
                var network = MobileNetV3Builder(isMinimalistic: isMinimalistic, alpha: options.alpha)
                return try network.add(table, options, to: &builder)
            })
    }
}

/// A table of the paper.
struct MobileNetV3Table: Sendable {
    /// A row: window, expanded channels, output channels, whether there is a gate, nonlinearity, strides.
    typealias Row = (Int, expanded: Int, filters: Int, gate: Bool, function: Nonlinearity, strides: Pair)

    enum Nonlinearity { case relu, hardSwish }

    let name: String
    let displayName: String
    let rows: [Row]
    /// The channels of the classifier's hidden layer.
    let hidden: Int

    static let small = MobileNetV3Table(
        name: "small", displayName: "Small",
        rows: [
            (3, 16, 16, true, .relu, 2),
            (3, 72, 24, false, .relu, 2),
            (3, 88, 24, false, .relu, 1),
            (5, 96, 40, true, .hardSwish, 2),
            (5, 240, 40, true, .hardSwish, 1),
            (5, 240, 40, true, .hardSwish, 1),
            (5, 120, 48, true, .hardSwish, 1),
            (5, 144, 48, true, .hardSwish, 1),
            (5, 288, 96, true, .hardSwish, 2),
            (5, 576, 96, true, .hardSwish, 1),
            (5, 576, 96, true, .hardSwish, 1),
        ],
        hidden: 1024)

    static let large = MobileNetV3Table(
        name: "large", displayName: "Large",
        rows: [
            (3, 16, 16, false, .relu, 1),
            (3, 64, 24, false, .relu, 2),
            (3, 72, 24, false, .relu, 1),
            (5, 72, 40, true, .relu, 2),
            (5, 120, 40, true, .relu, 1),
            (5, 120, 40, true, .relu, 1),
            (3, 240, 80, false, .hardSwish, 2),
            (3, 200, 80, false, .hardSwish, 1),
            (3, 184, 80, false, .hardSwish, 1),
            (3, 184, 80, false, .hardSwish, 1),
            (3, 480, 112, true, .hardSwish, 1),
            (3, 672, 112, true, .hardSwish, 1),
            (5, 672, 160, true, .hardSwish, 2),
            (5, 960, 160, true, .hardSwish, 1),
            (5, 960, 160, true, .hardSwish, 1),
        ],
        hidden: 1280)
}
