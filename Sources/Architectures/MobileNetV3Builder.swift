import Layers
import Tensors

/// Adds the layers of one of MobileNetV3's tables; many of them have no name in Keras and get one by counting.
struct MobileNetV3Builder {
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
