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
    let maxValue: Float?
    let poolSize: [Int]?
    let keepdims: Bool?
    let targetShape: [Int]?
    let rate: Float?
    let zeroPadding: [[Int]]?

    /// A description that a test cannot use.
    struct Unsupported: Error { let layer: KerasLayer }

    /// Adds the layer to a network.
    func add(
        to builder: inout NetworkBuilder, behind inputs: [NetworkBuilder.Output]
    ) throws -> NetworkBuilder.Output {
        let layer = try windowed() ?? elementwise() ?? shaping()
        return try builder.add(layer, to: inputs)
    }

    private func windowed() -> (any Layer)? {
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
        case "MaxPooling2D":
            MaxPooling2D(name, poolSize: pair(poolSize)!, strides: strides, padding: padding)
        case "AveragePooling2D":
            AveragePooling2D(name, poolSize: pair(poolSize)!, strides: strides, padding: padding)
        default: nil
        }
    }

    private func elementwise() -> (any Layer)? {
        switch `class` {
        case "Dense": Dense(name, units: units!, activation: activation!, useBias: useBias!)
        case "BatchNormalization":
            BatchNormalization(name, momentum: momentum!, epsilon: epsilon!, center: center!, scale: scale!)
        case "Activation": Activation(name, activation!)
        case "ReLU": ReLU(name, maxValue: maxValue)
        case "Dropout": Dropout(name, rate: rate!)
        case "Add": Add(name)
        case "Multiply": Multiply(name)
        case "Concatenate": Concatenate(name)
        default: nil
        }
    }

    private func shaping() throws -> any Layer {
        switch `class` {
        case "GlobalAveragePooling2D": return GlobalAveragePooling2D(name, keepDimensions: keepdims!)
        case "GlobalMaxPooling2D": return GlobalMaxPooling2D(name, keepDimensions: keepdims!)
        case "Flatten": return Flatten(name)
        case "Reshape": return Reshape(name, targetShape: targetShape!)
        case "ZeroPadding2D":
            let (rows, columns) = (zeroPadding![0], zeroPadding![1])
            return ZeroPadding2D(name, before: Pair(rows[0], columns[0]), after: Pair(rows[1], columns[1]))
        default: throw Unsupported(layer: self)
        }
    }

    private func pair(_ values: [Int]?) -> Pair? { values.map { Pair($0[0], $0[1]) } }
}

extension Padding: Decodable {}
extension ActivationFunction: Decodable {}
