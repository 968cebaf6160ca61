import Layers
import Tensors

/// A layer of a fixture, described by Keras's hyper-parameters.
struct KerasLayer: Decodable, Sendable {
    let `class`: String
    let name: String
    let inputs: [String]
    let filters: Int?
    let kernelSize: [Int]?
    let strides: [Int]?
    let padding: Padding?
    let dilationRate: [Int]?
    let groups: Int?
    let activation: ActivationFunction?
    let useBias: Bool?
    let depthMultiplier: Int?
    let units: Int?
    let momentum: Float?
    let epsilon: Float?
    let center: Bool?
    let scale: Bool?
    let axis: Int?
    let axes: [Int]?
    let maxValue: Float?
    let negativeSlope: Float?
    let threshold: Float?
    let alpha: Float?
    let approximate: Bool?
    let sharedAxes: [Int]?
    let poolSize: [Int]?
    let keepdims: Bool?
    let targetShape: [Int]?
    let rate: Float?
    let noiseShape: [Int?]?
    let stddev: Float?
    let dropPathRate: Float?
    let initValues: Float?
    let projectionDim: Int?
    let zeroPadding: [[Int]]?
    let cropping: [[Int]]?
    let outputPadding: [Int]?
    let dims: [Int]?
    let size: [Int]?
    let height: Int?
    let width: Int?
    let interpolation: Interpolation?
    let antialias: Bool?
    let scales: [Float]?
    let offsets: [Float]?
    let means: [Float]?
    let variances: [Float]?
    let invert: Bool?

    /// A description that a test cannot use.
    struct Unsupported: Error { let layer: KerasLayer }

    /// Adds the layer to a network.
    func add(
        to builder: inout NetworkBuilder, behind inputs: [NetworkBuilder.Output]
    ) throws -> NetworkBuilder.Output {
        let made: [(any Layer)?] = [
            convolution(), pooling(), rectifier(), normalization(), merging(), shaping(), sizing(), passing(),
        ]
        guard let layer = made.compactMap({ $0 }).first else { throw Unsupported(layer: self) }
        return try builder.add(layer, to: inputs)
    }

    private func convolution() -> (any Layer)? {
        let (padding, strides) = (padding ?? .valid, pair(strides) ?? 1)
        return switch `class` {
        case "Conv2D":
            Conv2D(
                name, filters: filters!, kernelSize: pair(kernelSize)!, strides: strides, padding: padding,
                dilationRate: pair(dilationRate)!, groups: groups!, activation: activation!,
                useBias: useBias!)
        case "DepthwiseConv2D":
            DepthwiseConv2D(
                name, kernelSize: pair(kernelSize)!, strides: strides, padding: padding,
                dilationRate: pair(dilationRate)!, depthMultiplier: depthMultiplier!, activation: activation!,
                useBias: useBias!)
        case "SeparableConv2D":
            SeparableConv2D(
                name, filters: filters!, kernelSize: pair(kernelSize)!, strides: strides, padding: padding,
                dilationRate: pair(dilationRate)!, depthMultiplier: depthMultiplier!, activation: activation!,
                useBias: useBias!)
        case "Conv2DTranspose":
            Conv2DTranspose(
                name, filters: filters!, kernelSize: pair(kernelSize)!, strides: strides, padding: padding,
                outputPadding: pair(outputPadding), dilationRate: pair(dilationRate)!,
                activation: activation!, useBias: useBias!)
        case "Dense": Dense(name, units: units!, activation: activation!, useBias: useBias!)
        default: nil
        }
    }

    private func pooling() -> (any Layer)? {
        let (padding, strides) = (padding ?? .valid, pair(strides) ?? 1)
        return switch `class` {
        case "MaxPooling2D":
            MaxPooling2D(name, poolSize: pair(poolSize)!, strides: strides, padding: padding)
        case "AveragePooling2D":
            AveragePooling2D(name, poolSize: pair(poolSize)!, strides: strides, padding: padding)
        case "GlobalAveragePooling2D": GlobalAveragePooling2D(name, keepDimensions: keepdims!)
        case "GlobalMaxPooling2D": GlobalMaxPooling2D(name, keepDimensions: keepdims!)
        default: nil
        }
    }

    private func rectifier() -> (any Layer)? {
        switch `class` {
        case "Activation": Activation(name, activation!)
        case "ReLU":
            ReLU(
                name, maxValue: maxValue, negativeSlope: negativeSlope ?? 0, threshold: threshold ?? 0)
        case "LeakyReLU": LeakyReLU(name, negativeSlope: negativeSlope!)
        case "PReLU": PReLU(name, sharedAxes: sharedAxes ?? [])
        case "ELU": ELU(name, alpha: alpha!)
        case "GELU": GELU(name, approximate: approximate!)
        case "Softmax": Softmax(name, axes: axes ?? [axis!])
        default: nil
        }
    }

    private func normalization() -> (any Layer)? {
        switch `class` {
        case "BatchNormalization":
            BatchNormalization(name, momentum: momentum!, epsilon: epsilon!, center: center!, scale: scale!)
        case "LayerNormalization":
            LayerNormalization(
                name, axes: axes ?? [axis!], epsilon: epsilon!, center: center!, scale: scale!)
        case "GroupNormalization":
            GroupNormalization(
                name, groups: groups!, axis: axis!, epsilon: epsilon!, center: center!, scale: scale!)
        case "LayerScale": LayerScale(name, initValues: initValues!, projectionDim: projectionDim!)
        case "Rescaling": Rescaling(name, scale: scales!, offset: offsets!)
        case "Normalization":
            means.map { means in
                Normalization(
                    name, axes: axis.map { [$0] } ?? [], mean: GivenNumbers(means),
                    variance: GivenNumbers(variances!), invert: invert!)
            } ?? Normalization(name, axes: axis.map { [$0] } ?? [], invert: invert!)
        default: nil
        }
    }

    private func merging() -> (any Layer)? {
        switch `class` {
        case "Add": Add(name)
        case "Subtract": Subtract(name)
        case "Multiply": Multiply(name)
        case "Average": Average(name)
        case "Maximum": Maximum(name)
        case "Minimum": Minimum(name)
        case "Concatenate": Concatenate(name, axis: axis ?? -1)
        case "CustomScaleLayer": CustomScaleLayer(name, scale: scales![0])
        default: nil
        }
    }

    private func shaping() -> (any Layer)? {
        switch `class` {
        case "Flatten": return Flatten(name)
        case "Reshape": return Reshape(name, targetShape: targetShape!)
        case "Permute": return Permute(name, dims: dims!)
        case "ZeroPadding2D":
            let (rows, columns) = (zeroPadding![0], zeroPadding![1])
            return ZeroPadding2D(name, before: Pair(rows[0], columns[0]), after: Pair(rows[1], columns[1]))
        case "Cropping2D":
            let (rows, columns) = (cropping![0], cropping![1])
            return Cropping2D(name, before: Pair(rows[0], columns[0]), after: Pair(rows[1], columns[1]))
        default: return nil
        }
    }

    private func sizing() -> (any Layer)? {
        switch `class` {
        case "UpSampling2D": UpSampling2D(name, size: pair(size)!, interpolation: interpolation!)
        case "Resizing":
            Resizing(
                name, size: Pair(height!, width!), interpolation: interpolation!,
                antialias: antialias!)
        default: nil
        }
    }

    private func passing() -> (any Layer)? {
        switch `class` {
        case "Dropout":
            Dropout(name, rate: rate!, noiseShape: noiseShape.map { Array($0.dropFirst()) })
        case "SpatialDropout2D": SpatialDropout2D(name, rate: rate!)
        case "GaussianNoise": GaussianNoise(name, stddev: stddev!)
        case "GaussianDropout": GaussianDropout(name, rate: rate!)
        case "StochasticDepth": StochasticDepth(name, dropPathRate: dropPathRate!)
        case "ActivityRegularization": ActivityRegularization(name)
        case "Identity": Identity(name)
        default: `class`.hasPrefix("Random") ? RandomAugmentation(name, className: `class`) : nil
        }
    }

    private func pair(_ values: [Int]?) -> Pair? { values.map { Pair($0[0], $0[1]) } }
}

extension Padding: Decodable {}
extension ActivationFunction: Decodable {}
extension Interpolation: Decodable {}
