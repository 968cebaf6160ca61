import Layers
import Tensors
import TestSupport

/// A network that has every layer that Keras has as well, with hyper-parameters that are not the defaults.
enum EveryLayer {
    static func network() throws -> (Network, Parameters) {
        var builder = NetworkBuilder("every_layer", input: [12, 10, 3], inputName: "picture")
        var x = try add(
            [
                Rescaling("rescaling", scale: [0.5, 1, 2], offset: [0.1, 0, -0.1]),
                Normalization(
                    "given", mean: GivenNumbers([0.1, 0.2, 0.3]), variance: GivenNumbers([1, 2, 3])),
                Normalization("adapted"), RandomAugmentation("flip", className: "RandomFlip"),
                Resizing("resizing", size: Pair(13, 11)), ZeroPadding2D("pad", before: Pair(1, 0), after: 2),
                Cropping2D("crop", before: Pair(0, 1), after: Pair(1, 0)),
                Conv2D("conv", filters: 8, kernelSize: Pair(3, 2), strides: Pair(1, 2), padding: .same),
                BatchNormalization("batch", momentum: 0.9, epsilon: 1e-2, scale: false),
                LeakyReLU("leaky", negativeSlope: 0.125), PReLU("parametric", sharedAxes: [1, 2]),
                DepthwiseConv2D("depthwise", kernelSize: 2, depthMultiplier: 2, activation: .swish),
                GroupNormalization("group", groups: 4, epsilon: 1e-4), ELU("elu", alpha: 0.5),
                SeparableConv2D("separable", filters: 6, kernelSize: 3, padding: .same, activation: .selu),
                LayerNormalization("layer", epsilon: 1e-4, center: false),
                Conv2DTranspose(
                    "transpose", filters: 4, kernelSize: 3, strides: 2, padding: .same, useBias: false),
                ReLU("relu", maxValue: 3, negativeSlope: 0.25, threshold: 0.1),
                Conv2D("grouped", filters: 4, kernelSize: 2, dilationRate: 2, groups: 2, activation: .tanh),
                MaxPooling2D("max", poolSize: Pair(2, 3), strides: 1, padding: .same),
                AveragePooling2D("average", poolSize: 3, strides: 2), SpatialDropout2D("spatial", rate: 0.25),
                GaussianNoise("noise", stddev: 0.5), GaussianDropout("gaussian", rate: 0.25),
                UpSampling2D("larger", size: Pair(2, 1), interpolation: .bilinear), Identity("same"),
                ActivityRegularization("activity", l1: 0.5, l2: 0.25), Permute("permute", dims: [2, 1, 3]),
            ], behind: builder.input, &builder)
        let left = try builder.add(Conv2D("left", filters: 4, kernelSize: 1), to: x)
        let right = try builder.add(Activation("right", .gelu), to: x)
        let gate = try add(
            [
                GlobalAveragePooling2D("squeeze", keepDimensions: true),
                Conv2D("excite", filters: 4, kernelSize: 1, activation: .sigmoid),
            ], behind: x, &builder)
        let merged = [
            try builder.add(Add("add"), to: [left, right]),
            try builder.add(Subtract("subtract"), to: [left, right]),
            try builder.add(Multiply("multiply"), to: [left, gate]),
            try builder.add(Average("mean"), to: [left, right]),
            try builder.add(Maximum("larger_of"), to: [left, right]),
            try builder.add(Minimum("smaller_of"), to: [left, right]),
        ]
        x = try builder.add(Concatenate("both"), to: merged)
        let global = try builder.add(GlobalMaxPooling2D("highest"), to: x)
        x = try add(
            [
                Reshape("rows", targetShape: [-1, 6]), Dense("mix", units: 3), Flatten("flatten"),
                Dense("narrow", units: 24, activation: .softsign, useBias: false),
            ], behind: x, &builder)
        x = try builder.add(Add("sum"), to: [x, global])
        x = try add(
            [Dropout("dropout", rate: 0.5), Dense("classes", units: 3), Softmax("softmax")], behind: x,
            &builder)
        let network = builder.build(output: x)
        var parameters = Parameters()
        for (key, spec) in network.parameters {
            parameters[key] =
                spec.name == "variance"
                ? SeededArrays.array("\(key)", spec.shape, scale: 0.5, offset: 1)
                : SeededArrays.parameter("\(key)", spec.shape)
        }
        return (network, parameters)
    }

    private static func add(
        _ layers: [any Layer], behind input: NetworkBuilder.Output, _ builder: inout NetworkBuilder
    ) throws -> NetworkBuilder.Output {
        try layers.reduce(input) { output, layer in try builder.add(layer, to: output) }
    }
}
