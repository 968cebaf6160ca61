import Architectures
import Foundation
import Layers
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct KerasLayerOrderTests {
    @Test(arguments: ["vgg16", "resnet50", "mobilenet"])
    func `Layers are in the order in which Keras lists them`(name: String) throws {
        let data = try Data(contentsOf: Fixtures.url("keras_files/layer_orders.json"))
        let orders = try JSONDecoder().decode([String: [String]].self, from: data)
        let network = try Architecture.named(name).network()
        let filled = network.kerasOrder.map { network.nodes[$0] }.filter { !$0.parameters.isEmpty }
        #expect(filled.map(\.name) == orders[name])
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
