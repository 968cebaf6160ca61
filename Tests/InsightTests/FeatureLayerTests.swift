import Insight
import KerasFiles
import Layers
import Tensors
import Testing

@Suite struct FeatureLayerTests {
    @Test func `The features are what goes into the last dense layer, or else into the last kernel`() throws {
        let cases = try AttributionFixture.load().cases
        #expect(try cases[0].model.network.featureLayer() == "dropout")
        #expect(try cases[1].model.network.featureLayer() == "dense")
        var builder = NetworkBuilder("convolutions", input: [8, 8, 3])
        var x = try builder.add(Conv2D("first", filters: 4, kernelSize: 3), to: builder.input)
        x = try builder.add(Conv2D("last", filters: 2, kernelSize: 1), to: x)
        x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
        #expect(try builder.build(output: x).featureLayer() == "first")
    }

    @Test func `A network of one layer has no features of its own`() throws {
        var builder = NetworkBuilder("shallow", input: [4])
        let end = try builder.add(Dense("predictions", units: 3), to: builder.input)
        #expect(throws: InsightError.noFeatures(network: "shallow")) {
            try builder.build(output: end).featureLayer()
        }
    }
}
