import Layers
import Testing

@testable import Training

@Suite struct LayerSelectionTests {
    @Test func `Groups are selected by name, up to one, or from one on`() throws {
        let network = try TrainerTests.network()
        #expect(try LayerSelection.through("block1").layers(of: network) == ["conv", "bn", "relu"])
        #expect(try LayerSelection.from("head").layers(of: network) == ["pool", "dropout", "predictions"])
        #expect(try LayerSelection.groups(["head", "block1"]).layers(of: network).count == 6)
        #expect(try LayerSelection.all.layers(of: network).count == 6)
        #expect(try LayerSelection.none.layers(of: network).isEmpty)
    }

    @Test func `Layers are selected by name, up to one, or from one on`() throws {
        let network = try TrainerTests.network()
        #expect(try LayerSelection.through("bn").layers(of: network) == ["conv", "bn"])
        #expect(try LayerSelection.from("dropout").layers(of: network) == ["dropout", "predictions"])
        #expect(try LayerSelection.matching(["?o*"]).layers(of: network) == ["conv", "pool"])
        #expect(
            try LayerSelection.matching(["p*", "b?"]).layers(of: network) == ["pool", "predictions", "bn"])
    }

    @Test func `A name that is not there is an error that says what may have been meant`() throws {
        let network = try TrainerTests.network()
        #expect(throws: LayerError.unknownGroup("conv4", network: "small", groups: ["block1", "head"])) {
            _ = try LayerSelection.groups(["conv4"]).layers(of: network)
        }
        #expect(throws: LayerError.layerForGroup("bn", network: "small", group: "block1")) {
            _ = try LayerSelection.groups(["bn"]).layers(of: network)
        }
        func problem(_ selection: LayerSelection) -> String {
            do { return "\(try selection.layers(of: network))" } catch { return "\(error)" }
        }
        #expect(
            problem(.through("blok1"))
                == "network 'small' has no layer group or layer 'blok1'; its groups are block1, head; "
                + "did you mean 'block1'?")
        #expect(
            problem(.matching(["conv", "drop_out*"]))
                == "network 'small' has no layer whose name fits 'drop_out*'; did you mean 'dropout'?")
        #expect(
            problem(.groups(["bn"]))
                == "'bn' is not a layer group of network 'small' but a layer of its group 'block1'; "
                + "for the layer alone, write {layers: bn}")
    }
}
