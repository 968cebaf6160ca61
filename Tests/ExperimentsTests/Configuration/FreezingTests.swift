import Layers
import Tensors
import Testing
import Training

@testable import Experiments

@Suite struct FreezingTests {
    private func network() throws -> Network {
        var builder = NetworkBuilder("small", input: [8, 8, 1])
        var x = builder.input
        for block in ["block1", "block2"] {
            builder.beginGroup(block)
            x = try builder.add(Conv2D("\(block)_conv", filters: 4, kernelSize: 3), to: x)
        }
        builder.beginGroup("head")
        x = try builder.add(Flatten("flatten"), to: x)
        x = try builder.add(Dense("predictions", units: 2), to: x)
        return builder.build(output: x)
    }

    @Test(arguments: [
        (Freezing.freeze(.selection(.none)), ["block1_conv", "block2_conv", "flatten", "predictions"]),
        (.freeze(.backbone), ["flatten", "predictions"]), (.freeze(.head), ["block1_conv", "block2_conv"]),
        (.freeze(.selection(.through("block1"))), ["block2_conv", "flatten", "predictions"]),
        (.freeze(.selection(.groups(["block2"]))), ["block1_conv", "flatten", "predictions"]),
        (.unfreeze(.head), ["flatten", "predictions"]),
        (.unfreeze(.backbone), ["block1_conv", "block2_conv"]),
        (.unfreeze(.selection(.from("block2"))), ["block2_conv", "flatten", "predictions"]),
        (.unfreeze(.selection(.all)), ["block1_conv", "block2_conv", "flatten", "predictions"]),
    ])
    func `What is trained is what is not frozen`(freezing: Freezing, trained: [String]) throws {
        #expect(try freezing.trainedLayers(of: network()).sorted() == trained)
    }

    @Test func `A group that the network does not have is an error`() throws {
        let network = try network()
        #expect(throws: LayerError.self) {
            _ = try Freezing.freeze(.selection(.through("block7"))).trainedLayers(of: network)
        }
    }
}
