import Architectures
import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Whole models that people made with Keras, which are not part of the project.
@Suite struct RealModelsTests {
    private struct Digest: Decodable {
        var input: [Int]
        var count: Int
        var parameterCount: Int
        var norm: Double
        var positions: [Int]
        var values: [Float]
    }

    private static func digest(_ name: String) throws -> Digest {
        let url = Fixtures.url("keras_files/real_models.json")
        return try #require(JSONDecoder().decode([String: Digest].self, from: Data(contentsOf: url))[name])
    }

    private static let present = [
        "fer2013_mini_XCEPTION.102-0.66.hdf5", "fer2013_mini_XCEPTION.119-0.65.hdf5",
        "mini_XCEPTION_KDEF.hdf5",
        "teachable_machine_waste.h5", "mobilenet_1_0_224_block12.h5", "mobilenet_1_0_224_block12.keras",
    ].filter { Fixtures.hasShared("pretrained/\($0)") }

    @Test(arguments: present)
    func `A real model computes what Keras computes`(name: String) throws {
        let model = try ModelFile(Fixtures.shared("pretrained/\(name)")).model()
        let digest = try Self.digest(name)
        #expect(model.network.parameterCount == digest.parameterCount)
        let output = try ExpectedOutputs.output(of: model.network, model.parameters, input: digest.input)
        #expect(output.count == digest.count)
        let difference = zip(digest.positions, digest.values).map { abs(output[$0] - $1) }.max()
        #expect(try #require(difference) < 1e-4)
        let norm = output.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(abs(norm / digest.norm - 1) < 1e-5)
    }

    @Test(
        .enabled(
            if: Fixtures.hasShared("pretrained/mobilenet_1_0_224_block12.keras"), "needs the real model"))
    func `An archive's weights fit the architecture that they are of`() throws {
        let path = Fixtures.shared("pretrained/mobilenet_1_0_224_block12.keras")
        let network = try Architecture.mobilenet.network(includeTop: false).until("conv_pw_12_relu")
        let (parameters, report) = try WeightsFile(path).parameters(for: network)
        #expect(report.matching == .byName && report.leftOut.isEmpty)
        #expect(try parameters == ModelFile(path).model().parameters)
    }

    @Test(.enabled(if: Fixtures.hasShared("pretrained/teachable_machine_waste.h5"), "needs the real model"))
    func `Teachable Machine's backbone is a layer group with MobileNetV2's layer names`() throws {
        let path = Fixtures.shared("pretrained/teachable_machine_waste.h5")
        let network = try ModelFile(path).model().network
        #expect(network.groups == ["model1", "sequential_1", "sequential_3"])
        #expect(try network.node("block_16_project_BN").group == "model1")
        let (backbone, weights) = try ModelFile(path).model().until(group: "model1")
        #expect(backbone.outputShape == [7, 7, 1280] && weights.count == backbone.parameters.count)
        #expect(backbone.parameterCount == 410_208)
    }
}
