import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport

/// The network of the fixtures, and what Keras says of it; see `Tests/Fixtures/keras_files/make.py`.
enum SmallNetwork {
    /// The network, made in an order that is not Keras's.
    static func network(classes: Int = 3) throws -> Network {
        var network = NetworkBuilder("small", input: [8, 8, 3])
        var x = try network.add(Conv2D("conv1", filters: 4, kernelSize: 3, padding: .same), to: network.input)
        x = try network.add(BatchNormalization("bn1"), to: x)
        x = try network.add(ReLU("relu1"), to: x)
        let shortcut = try network.add(Conv2D("shortcut", filters: 4, kernelSize: 1), to: x)
        var y = try network.add(
            DepthwiseConv2D("depthwise", kernelSize: 3, padding: .same, useBias: false), to: x)
        y = try network.add(Conv2D("pointwise", filters: 4, kernelSize: 1), to: y)
        x = try network.add(Add("add"), to: [shortcut, y])
        network.beginGroup("top")
        x = try network.add(GlobalAveragePooling2D("pool"), to: x)
        x = try network.add(Dropout("dropout", rate: 0.5), to: x)
        x = try network.add(Dense("predictions", units: classes, activation: .softmax), to: x)
        return network.build(output: x)
    }

    static func file(_ name: String) throws -> WeightsFile {
        try WeightsFile(Fixtures.path("keras_files/\(name)"))
    }

    private struct Expected: Decodable {
        var arrays: [String: [Nested]]
        var output: Nested
    }

    /// The arrays as Keras has them.
    static func expected() throws -> Parameters {
        var parameters = Parameters()
        let arrays = try json().arrays
        for node in try network().nodes {
            for (key, values) in zip(node.parameterKeys, arrays[node.name] ?? []) {
                let spec = node.parameters.first { $0.name == key.name }!
                parameters[key] = Tensor(values.flattened, shape: spec.shape)
            }
        }
        return parameters
    }

    /// The output that Keras computes for `image([2, 8, 8, 3])`.
    static func expectedOutput() throws -> [Float] { try json().output.flattened }

    private static func json() throws -> Expected {
        try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: Fixtures.url("keras_files/small.json")))
    }

    /// Numbers between -1 and 1 that Python computes alike.
    static func image(_ shape: Shape) -> Tensor {
        Tensor((0..<shape.elementCount).map { Float(Double($0 * 7919 % 256) / 127.5 - 1) }, shape: shape)
    }
}

/// NumPy's lists in lists.
enum Nested: Decodable {
    case number(Float)
    case list([Nested])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Float.self) {
            self = .number(number)
        } else {
            self = .list(try container.decode([Nested].self))
        }
    }

    var flattened: [Float] {
        switch self {
        case .number(let number): [number]
        case .list(let list): list.flatMap(\.flattened)
        }
    }
}
