import Layers
import Testing

@testable import Training

@Suite struct LayerSelectionTests {
    @Test func `Groups are selected by name, up to one, or from one on`() throws {
        let network = try TrainerTests.network()
        #expect(try LayerSelection.through("block1").layers(of: network) == ["conv", "bn", "relu"])
        #expect(try LayerSelection.from("head").layers(of: network) == ["pool", "dropout", "predictions"])
        #expect(try LayerSelection.all.groups(of: network) == ["block1", "head"])
        #expect(try LayerSelection.groups(["head", "block1"]).groups(of: network) == ["block1", "head"])
        #expect(try LayerSelection.none.layers(of: network).isEmpty)
    }

    @Test func `A group that is not there is an error that lists those that are`() throws {
        let network = try TrainerTests.network()
        #expect(throws: LayerError.unknownGroup("conv4", network: "small", groups: ["block1", "head"])) {
            _ = try LayerSelection.through("conv4").layers(of: network)
        }
    }
}
