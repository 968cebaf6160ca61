import Layers
import Tensors

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
private struct MobileNetV3Table: Sendable {
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

/// Adds a table's layers; many of them have no name in Keras and get one by counting.
private struct MobileNetV3Builder {
    let isMinimalistic: Bool
    let alpha: Double
    private var names = AutomaticNames()

    init(isMinimalistic: Bool, alpha: Double) {
        self.isMinimalistic = isMinimalistic
        self.alpha = alpha
    }

    typealias Output = NetworkBuilder.Output

    mutating func add(
        _ table: MobileNetV3Table, _ options: Architecture.Options, to network: inout NetworkBuilder
    ) throws -> Output {
        network.beginGroup("conv1")
        var x = try network.chain(
            Rescaling("rescaling", scale: 1 / 127.5, offset: -1),
            Conv2D("conv", filters: 16, kernelSize: 3, strides: 2, padding: .same, useBias: false),
            normalization("conv_bn"),
            activation(.hardSwish),
            to: network.input)

        // The factor of the table, which is for alpha 1, also expands the thinned channels.
        var channels = 16
        for (block, row) in table.rows.enumerated() {
            network.beginGroup("block_\(block)")
            x = try addBlock(block, row, factor: Double(row.expanded) / Double(channels), to: &network, x)
            channels = row.filters
        }

        network.beginGroup("conv_last")
        x = try network.chain(
            Conv2D(
                "conv_1", filters: roundedChannels(6 * Double(x.shape[2])), kernelSize: 1, padding: .same,
                useBias: false),
            normalization("conv_1_bn"),
            activation(.hardSwish),
            to: x)

        network.beginGroup("top")
        guard options.includeTop else {
            return try network.pool(x, by: options.pooling, average: "avg_pool", max: "max_pool")
        }
        return try network.chain(
            GlobalAveragePooling2D("global_average_pooling2d", keepDimensions: true),
            Conv2D("conv_2", filters: table.hidden, kernelSize: 1, padding: .same),
            activation(.hardSwish),
            Dropout("dropout", rate: 0.2),
            Conv2D("logits", filters: options.classes, kernelSize: 1, padding: .same),
            Flatten("flatten"),
            Activation("predictions", options.classifierActivation),
            to: x)
    }

    /// The block of the paper's figure 4.
    private mutating func addBlock(
        _ block: Int, _ row: MobileNetV3Table.Row, factor: Double, to network: inout NetworkBuilder,
        _ input: Output
    ) throws -> Output {
        let name = block == 0 ? "expanded_conv" : "expanded_conv_\(block)"
        let window = isMinimalistic ? 3 : row.0
        let expanded = roundedChannels(Double(input.shape[2]) * factor)
        let filters = roundedChannels(Double(row.filters) * alpha)
        var x = input
        if block > 0 {
            x = try network.chain(
                Conv2D(
                    "\(name)_expand", filters: expanded, kernelSize: 1, padding: .same, useBias: false),
                normalization("\(name)_expand_bn"),
                activation(row.function),
                to: x)
        }
        let shrinks = row.strides != 1
        if shrinks {
            x = try network.add(
                .halving("\(name)_depthwise_pad", kernelSize: window, of: x.shape), to: x)
        }
        x = try network.chain(
            DepthwiseConv2D(
                "\(name)_depthwise", kernelSize: Pair(window), strides: row.strides,
                padding: shrinks ? .valid : .same, useBias: false),
            normalization("\(name)_depthwise_bn"),
            activation(row.function),
            to: x)
        if row.gate, !isMinimalistic { x = try addGate("\(name)_squeeze_excite", to: &network, x) }
        x = try network.chain(
            Conv2D("\(name)_project", filters: filters, kernelSize: 1, padding: .same, useBias: false),
            normalization("\(name)_project_bn"),
            to: x)
        guard !shrinks, input.shape[2] == filters else { return x }
        return try network.add(Add("\(name)_add"), to: [input, x])
    }

    /// Squeeze and excitation, Hu et al., CVPR 2018, with `relu6(x + 3) / 6` for the sigmoid.
    private mutating func addGate(
        _ name: String, to network: inout NetworkBuilder, _ input: Output
    ) throws -> Output {
        let channels = input.shape[2]
        let gate = try network.chain(
            GlobalAveragePooling2D("\(name)_avg_pool", keepDimensions: true),
            Conv2D(
                "\(name)_conv", filters: roundedChannels(0.25 * Double(channels)), kernelSize: 1,
                padding: .same),
            ReLU("\(name)_relu"),
            Conv2D("\(name)_conv_1", filters: channels, kernelSize: 1, padding: .same),
            Rescaling(names.next("add"), scale: 1, offset: 3),
            ReLU(names.next("re_lu"), maxValue: 6),
            Rescaling(names.next("multiply"), scale: 1 / 6),
            to: input)
        return try network.add(Multiply("\(name)_mul"), to: [input, gate])
    }

    private mutating func activation(_ function: MobileNetV3Table.Nonlinearity) -> any Layer {
        function == .relu || isMinimalistic
            ? ReLU(names.next("re_lu")) : Activation(names.next("activation"), .hardSwish)
    }

    private func normalization(_ name: String) -> BatchNormalization {
        BatchNormalization(name, momentum: 0.999)
    }
}
