import Architectures
import Layers
import Tensors
import Testing

@Suite struct ArchitectureTests {
    @Test(arguments: try KerasNetwork.all())
    func `Layers, shapes and arrays are those of Keras's network`(_ keras: KerasNetwork) throws {
        let network = try Architecture.named(keras.network).network(alpha: keras.alpha)
        // Keras sorts a model's layers by depth, so that a block's branches are interleaved there.
        #expect(Set(network.nodes.map(\.name)) == Set(keras.layers.map(\.name)))
        #expect(network.nodes.count == keras.layers.count)
        for wanted in keras.layers {
            let node = try network.node(wanted.name)
            #expect(node.layer.className == wanted.className, "\(node.name)")
            #expect(node.outputShape == wanted.outputShape, "\(node.name)")
            let parameters = node.parameters.map { KerasNetwork.Parameter(name: $0.name, shape: $0.shape) }
            #expect(parameters == wanted.parameters, "\(node.name)")
        }
    }

    @Test(arguments: try KerasNetwork.all())
    func `There are as many parameters as Keras counts`(_ keras: KerasNetwork) throws {
        let architecture = try Architecture.named(keras.network)
        #expect(try architecture.parameterCount(alpha: keras.alpha) == keras.count)
        #expect(try architecture.parameterCount(includeTop: false, alpha: keras.alpha) == keras.bareCount)
    }

    @Test(arguments: [
        ("vgg16", 138_357_544), ("vgg19", 143_667_240), ("resnet50", 25_636_712),
        ("resnet101", 44_707_176), ("resnet152", 60_419_944), ("mobilenet", 4_253_864),
        ("resnet50v2", 25_613_800), ("resnet101v2", 44_675_560), ("resnet152v2", 60_380_648),
        ("mobilenet_v2", 3_538_984), ("mobilenet_v3_small", 2_554_968),
        ("mobilenet_v3_large", 5_507_432),
    ])
    func `The parameter counts are the published ones`(name: String, count: Int) throws {
        #expect(try Architecture.named(name).parameterCount() == count)
    }

    @Test func `Groups are the blocks of the papers`() throws {
        let blocks = (1...5).map { "block\($0)" }
        #expect(try Architecture.vgg19.network().groups == blocks + ["top"])
        let stages = (1...5).map { "conv\($0)" }
        #expect(try Architecture.resnet152.network().groups == stages + ["top"])
        let pairs = (1...13).map { "block_\($0)" }
        #expect(try Architecture.mobilenet.network().groups == ["conv1"] + pairs + ["top"])
        #expect(try Architecture.resnet101V2.network().groups == stages + ["top"])
        for (architecture, last) in [
            (Architecture.mobilenetV2, 16), (.mobilenetV3Small, 10), (.mobilenetV3LargeMinimalistic, 14),
        ] {
            let blocks = (0...last).map { "block_\($0)" }
            #expect(try architecture.network().groups == ["conv1"] + blocks + ["conv_last", "top"])
        }
        let node = try Architecture.mobilenetV3Small.network().node("expanded_conv_4_project_bn")
        #expect(node.group == "block_4")
    }

    @Test func `A network without a top ends with its last feature map, or with a pooling of it`() throws {
        let options: [(Architecture.Pooling?, String, Shape)] = [
            (nil, "conv5_block3_out", [2, 3, 2048]), (.average, "avg_pool", [2048]),
            (.max, "max_pool", [2048]),
        ]
        for (pooling, last, shape) in options {
            let network = try Architecture.resnet50.network(
                input: [64, 96, 3], includeTop: false, pooling: pooling)
            #expect(network.nodes[network.output].name == last)
            #expect(network.outputShape == shape)
        }
        let bare = try Architecture.vgg16.network(input: [32, 32, 1], includeTop: false)
        #expect(bare.outputShape == [1, 1, 512])
        #expect(try bare.node("block1_conv1").parameters[0].shape == [3, 3, 1, 64])
    }

    @Test func `A network can be cut at any of its layers`() throws {
        let network = try Architecture.mobilenet.network(
            input: [128, 128, 3], alpha: 0.25, includeTop: false)
        let cut = try network.until("conv_pw_12_relu")
        #expect(cut.outputShape == [4, 4, 256])
        #expect(cut.nodes.last?.name == "conv_pw_12_relu")
        // A cut in the middle of a residual block leaves the other branch out.
        let branch = try Architecture.resnet50.network().until("conv2_block1_1_relu")
        #expect(!branch.nodes.contains { $0.name == "conv2_block1_0_conv" })
        let error = #expect(throws: LayerError.self) { _ = try network.until("conv_pw_12_rleu") }
        #expect(error?.description.contains("did you mean 'conv_pw_12_relu'") == true)
    }

    @Test func `The classifier can be of another size and give logits`() throws {
        let network = try Architecture.mobilenet.network(classes: 7, classifierActivation: .linear)
        #expect(network.outputShape == [7])
        #expect(try network.node("conv_preds").parameters[0].shape == [1, 1, 1024, 7])
    }

    @Test func `A misspelt architecture is met with the names that are near`() {
        let error = #expect(throws: ArchitectureError.self) { _ = try Architecture.named("resnet51") }
        #expect(error?.description.contains("did you mean 'resnet") == true)
        #expect(throws: Never.self) { _ = try Architecture.named("ResNet50") }
        let far = #expect(throws: ArchitectureError.self) { _ = try Architecture.named("inception") }
        #expect(far?.description.contains("vgg16, vgg19, resnet50") == true)
    }

    @Test func `What cannot be built is refused with what was expected`() {
        func sentence(_ build: () throws -> Network) -> String? {
            #expect(throws: ArchitectureError.self) { _ = try build() }?.description
        }
        #expect(
            sentence { try Architecture.mobilenet.network(alpha: 0.3) }
                == "mobilenet: expected alpha to be one of 0.25, 0.5, 0.75, 1.0, found 0.3")
        #expect(
            sentence { try Architecture.vgg16.network(alpha: 0.5) }
                == "vgg16: has no width multiplier (alpha), found 0.5")
        #expect(
            sentence { try Architecture.resnet50.network(input: [224, 31, 3]) }
                == "resnet50: expected an input [H, W, C] of at least 32x32 pixels, found [224, 31, 3]")
        #expect(
            sentence { try Architecture.vgg19.network(input: [64, 64, 4]) }?
                .contains("found [64, 64, 4]") == true)
        #expect(sentence { try Architecture.vgg19.network(input: [64, 64]) }?.contains("[64, 64]") == true)
        #expect(
            sentence { try Architecture.vgg16.network(classes: 0) }
                == "vgg16: expected one class or more, found 0")
        #expect(sentence { try Architecture.resnet50.network(pooling: .max) }?.contains("pooling") == true)
    }
}
