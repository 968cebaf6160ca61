import Architectures
import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Files that people made with Keras, which are not part of the project.
@Suite struct RealFilesTests {
    private static let stem = "pretrained/mobilenet_1_0_224_block12"

    private static func mobilenet() throws -> Network {
        try Architecture.named("mobilenet").network(includeTop: false).until("conv_pw_12_relu")
    }

    private struct Digest: Decodable {
        var shape: [Int]
        var mean: Double
        var deviation: Double
        var positions: [Int]
        var values: [Float]
        var parameterCount: Int
    }

    private static func digest() throws -> Digest {
        try JSONDecoder().decode(
            Digest.self, from: Data(contentsOf: Fixtures.url("keras_files/mobilenet.json")))
    }

    @Test(
        .enabled(
            if: Fixtures.hasShared("\(stem).h5") && Fixtures.hasShared("\(stem).weights.h5"),
            "needs the real MobileNet"))
    func `MobileNet's weights are the same from both of its files`() throws {
        let network = try Self.mobilenet()
        let imports = try ["h5", "weights.h5"].map { ending in
            try WeightsFile(Fixtures.shared("\(Self.stem).\(ending)")).parameters(for: network)
        }
        #expect(imports[0].parameters == imports[1].parameters)
        for (parameters, report) in imports {
            #expect(report.matching == .byName && report.leftOut.isEmpty)
            #expect(parameters.count == network.parameters.count)
            let count = report.imported.reduce(0) { $0 + $1.parameterCount }
            #expect(count == (try Self.digest().parameterCount))
        }
    }

    @Test(
        .enabled(
            if: ["h5", "weights.h5", "keras"].allSatisfy { Fixtures.hasShared("\(stem).\($0)") },
            "needs the real MobileNet"))
    func `MobileNet's layers stand in the network's order in all of its files`() throws {
        let network = try Self.mobilenet()
        for ending in ["h5", "weights.h5", "keras"] {
            let file = try WeightsFile(Fixtures.shared("\(Self.stem).\(ending)"))
            let byName = try file.parameters(for: network, options: ImportOptions(match: .name))
            let byOrder = try file.parameters(for: network, options: ImportOptions(match: .order))
            #expect(byOrder.report.matching == .byGivenOrder && byOrder.report.renamed.isEmpty)
            #expect(byOrder.parameters == byName.parameters)
        }
    }

    @Test(
        .enabled(
            if: Fixtures.hasShared("pretrained/teachable_machine_waste.h5"), "needs a Teachable Machine file")
    )
    func `Teachable Machine's backbone is found by name, two models deep`() throws {
        let file = try WeightsFile(Fixtures.shared("pretrained/teachable_machine_waste.h5"))
        let model = try ModelFile(file).model()
        let backbone = try model.network.until("out_relu")
        let (parameters, report) = try file.parameters(
            for: backbone, options: ImportOptions(match: .name))
        #expect(parameters.count == 260)
        #expect(report.leftOut.map { $0.split(separator: "/").last } == ["dense_Dense1", "dense_Dense2"])
        for (key, _) in backbone.parameters { #expect(parameters[key] == model.parameters[key], "\(key)") }
        let part = try file.parameters(
            for: backbone, options: ImportOptions(only: ["block_1_*"], except: ["*_BN"]))
        #expect(
            part.report.imported.map(\.name) == ["block_1_expand", "block_1_depthwise", "block_1_project"])
    }

    @Test(.enabled(if: Fixtures.hasShared("\(stem).weights.h5"), "needs the real MobileNet"))
    func `The imported MobileNet computes what Keras computes`() throws {
        let network = try Self.mobilenet()
        let digest = try Self.digest()
        let file = try WeightsFile(Fixtures.shared("\(Self.stem).weights.h5"))
        let plan = try ExecutionPlan(network, batchSize: 1)
        let output = try plan.forward(
            SmallNetwork.image([1, 224, 224, 3]), file.parameters(for: network).parameters)
        #expect(output.shape.dimensions == [1] + digest.shape)
        let difference = zip(digest.positions, digest.values).map { abs(output[$0] - $1) }.max()
        #expect(try #require(difference) < 1e-4)
        let values = output.elements.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { sum, value in sum + (value - mean) * (value - mean) }
        let deviation = (squares / Double(values.count)).squareRoot()
        #expect(abs(mean - digest.mean) < 1e-5 && abs(deviation - digest.deviation) < 1e-5)
    }

    /// Every known network.
    private static func candidates() throws -> [(name: String, network: Network)] {
        try Architecture.all.flatMap { architecture in
            try architecture.alphas.map { alpha in
                ("\(architecture.name) alpha \(alpha)", try architecture.network(alpha: alpha))
            }
        }
    }

    private static let teachableMachine = "pretrained/teachable_machine_waste.h5"

    @Test(.enabled(if: Fixtures.hasShared(teachableMachine), "needs Teachable Machine's model"))
    func `Teachable Machine's backbone is recognised as MobileNetV2`() throws {
        let file = try WeightsFile(Fixtures.shared(Self.teachableMachine))
        let match = try #require(file.bestMatch(among: Self.candidates()))
        #expect(match.description == "mobilenet_v2 alpha 0.35, without top, 2 further layers")
        #expect(match.missing == ["predictions"] && match.conflicting.isEmpty)
    }

    @Test(.enabled(if: Fixtures.hasShared(teachableMachine), "needs Teachable Machine's model"))
    func `Teachable Machine's backbone is loaded by its layers' names`() throws {
        let path = Fixtures.shared(Self.teachableMachine)
        let network = try Architecture.named("mobilenet_v2").network(alpha: 0.35, includeTop: false)
        let (parameters, report) = try WeightsFile(path).parameters(for: network)
        #expect(report.matching == .byName && report.notImported.isEmpty && report.renamed.isEmpty)
        #expect(report.leftOut.count == 2)
        // The model that is built from the file's own configuration has the same arrays and output.
        let (backbone, weights) = try ModelFile(path).model().until(group: "model1")
        #expect(parameters == weights)
        let picture = SmallNetwork.image([1, 224, 224, 3])
        let outputs = try [(network, parameters), (backbone, weights)].map { network, parameters in
            try ExecutionPlan(network, batchSize: 1).forward(picture, parameters)
        }
        #expect(outputs[0].shape == outputs[1].shape && outputs[0].elements == outputs[1].elements)
        #expect(outputs[0].elements.contains { $0 > 0 })
    }

    @Test(.enabled(if: Fixtures.hasShared("\(stem).h5"), "needs the real MobileNet"))
    func `MobileNet is recognised, and where it was cut`() throws {
        let candidates = try Self.candidates()
        for ending in ["h5", "weights.h5"] {
            let file = try WeightsFile(Fixtures.shared("\(Self.stem).\(ending)"))
            let match = try #require(file.bestMatch(among: candidates))
            #expect(match.description == "mobilenet alpha 1.0, without top, cut after conv_pw_12_relu")
        }
    }

    @Test(.enabled(if: Fixtures.hasShared("\(stem).h5"), "needs the real MobileNet"))
    func `Another width is told by the first shapes that differ`() throws {
        let network = try Architecture.mobilenet.network(alpha: 0.5, includeTop: false)
        let file = try WeightsFile(Fixtures.shared("\(Self.stem).h5"))
        let error = #expect(throws: KerasFileError.self) { try file.parameters(for: network) }
        #expect(
            "\(try #require(error))".contains(
                "layer 'conv1': expected kernel [3, 3, 3, 16], found [3, 3, 3, 32]"))
    }

    @Test(
        arguments: [
            ("fer2013_mini_XCEPTION.102-0.66.hdf5", 58_423, "SeparableConv2D"),
            ("fer2013_mini_XCEPTION.119-0.65.hdf5", 58_168, "SeparableConv2D"),
            ("mini_XCEPTION_KDEF.hdf5", 58_423, "SeparableConv2D"),
            ("mobilenet_1_0_224_block12.h5", 2_162_880, "DepthwiseConv2D"),
            ("mobilenet_1_0_224_block12.weights.h5", 2_162_880, "DepthwiseConv2D"),
            ("teachable_machine_waste.h5", 538_708, "DepthwiseConv2D"),
        ].filter { Fixtures.hasShared("pretrained/\($0.0)") })
    func `Every real file can be described and read`(name: String, count: Int, className: String) throws {
        let file = try WeightsFile(Fixtures.shared("pretrained/\(name)"))
        #expect(file.summary.parameterCount == count)
        #expect(file.layers.contains { $0.className == className && !$0.arrays.isEmpty })
        for layer in file.layers {
            for array in layer.arrays {
                let tensor = try file.read(array)
                #expect(tensor.elements.allSatisfy { $0.isFinite }, "\(array.path)")
            }
        }
    }
}
