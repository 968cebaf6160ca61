import Architectures
import Foundation
import Layers
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct KerasLayerOrderTests {
    private static let names = [
        "vgg16", "resnet50", "resnet50v2", "mobilenet", "mobilenet_v2", "mobilenet_v3_small",
        "mobilenet_v3_large",
    ]

    private static func orders(_ file: String) throws -> [String: [String]] {
        try JSONDecoder().decode(
            [String: [String]].self, from: Data(contentsOf: Fixtures.url("keras_files/\(file)")))
    }

    /// The layers with arrays in Keras's order.
    private static func filled(_ name: String) throws -> [String] {
        let network = try Architecture.named(name).network()
        return network.kerasOrder.map { network.nodes[$0] }.filter { !$0.parameters.isEmpty }.map(\.name)
    }

    @Test(arguments: names)
    func `Layers are in the order in which Keras lists them`(name: String) throws {
        #expect(try Self.filled(name) == Self.orders("layer_orders.json")[name])
    }

    @Test(arguments: names)
    func `Layers are found by the names that Keras 2 gave them`(name: String) throws {
        let former = try #require(try Self.orders("keras2_layer_orders.json")[name])
        // The one who trusts a name that the network has does not ask for a former one.
        let known = Set(try Self.filled(name))
        let found = former.map { known.contains($0) ? $0 : FormerNames.today($0) }
        #expect(try Self.filled(name) == found)
    }

    @Test func `Keys are made of classes and counters`() throws {
        let keys = try SmallNetwork.network().countedNodes.map(\.key)
        #expect(
            keys == [
                "input_layer", "conv2d", "batch_normalization", "re_lu", "depthwise_conv2d", "conv2d_1",
                "conv2d_2", "add", "global_average_pooling2d", "dropout", "dense",
            ])
    }

    @Test(arguments: [
        ("conv2d", "Conv2D", true), ("conv2d_12", "Conv2D", true), ("convolution2d_3", "Conv2D", true),
        ("batchnormalization_1", "BatchNormalization", true), ("dense_1", "Dense", true),
        ("conv1", "Conv2D", false), ("dense_1", "Conv2D", false), ("fc1", "Dense", false),
        ("depthwise_conv2d_2", "DepthwiseConv2D", true), ("re_lu_7", "ReLU", true),
    ])
    func `Names that Keras makes up are known`(name: String, className: String, automatic: Bool) {
        #expect(CountedName(name).isAutomatic(for: className) == automatic)
    }
}
