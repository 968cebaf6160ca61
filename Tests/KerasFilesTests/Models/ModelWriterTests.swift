import Architectures
import Foundation
import Layers
import TestSupport
import Tensors
import Testing

@testable import KerasFiles

@Suite struct ModelWriterTests {
    /// Where the files are left for `Tests/Fixtures/keras_files/verify_models.py`, if it is wanted.
    private static let keptFolder = ProcessInfo.processInfo.environment["GRAFT_WRITTEN"]

    /// Writes a network, reads it back, and compares.
    private static func roundTrip(_ network: Network, _ parameters: Parameters, _ name: String) throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: name).path(percentEncoded: false)
            try ModelWriter(network).write(parameters, to: path)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
            let model = try ModelFile(path).model()
            #expect(model.notes.isEmpty && model.report.leftOut.isEmpty)
            #expect(model.network.inputShape == network.inputShape)
            #expect(model.network.outputShape == network.outputShape)
            #expect(Set(model.network.nodes.map(\.name)) == Set(network.nodes.map(\.name)))
            for node in network.nodes where !(node.layer is RandomAugmentation) {
                #expect("\(try model.network.node(node.name).layer)" == "\(node.layer)")
            }
            // Bit for bit: the tensors' elements are compared as they are.
            #expect(model.parameters == parameters)
            if let kept = Self.keptFolder {
                try Data(contentsOf: URL(filePath: path)).write(to: URL(filePath: "\(kept)/\(name)"))
            }
        }
    }

    @Test(arguments: ["keras", "h5"])
    func `A network is read back from what was written of it`(ending: String) throws {
        try Self.roundTrip(SmallNetwork.network(), SmallNetwork.expected(), "small.\(ending)")
    }

    @Test(arguments: ["keras", "h5"])
    func `A Keras model comes back with the same weights, bit for bit`(ending: String) throws {
        for name in ["teachable_machine", "transfer", "colliding", "plain_sequential"] {
            let model = try ModelFile(ExpectedOutputs.path("keras3_\(name).keras")).model()
            try Self.roundTrip(model.network, model.parameters, "keras3_\(name).\(ending)")
        }
    }

    @Test(arguments: ["keras", "h5"])
    func `Every layer is written and read back`(ending: String) throws {
        let (network, parameters) = try EveryLayer.network()
        try Self.roundTrip(network, parameters, "every_layer.\(ending)")
        if let kept = Self.keptFolder {
            let output = try ExpectedOutputs.output(
                of: network, parameters, input: [2] + network.inputShape.dimensions)
            try JSONEncoder().encode(output).write(to: URL(filePath: "\(kept)/every_layer.json"))
        }
    }

    @Test func `Keras computes the same with the written layers`() throws {
        let (network, parameters) = try EveryLayer.network()
        let found = try ExpectedOutputs.output(
            of: network, parameters, input: [2] + network.inputShape.dimensions)
        let url = Fixtures.url("keras_files/models/every_layer.json")
        let expected = try JSONDecoder().decode([Float].self, from: Data(contentsOf: url))
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test(
        .enabled(if: Fixtures.hasShared("pretrained/teachable_machine_waste.h5"), "needs the real model"),
        arguments: ["keras", "h5"])
    func `Teachable Machine's model is written for Keras 3`(ending: String) throws {
        let model = try ModelFile(Fixtures.shared("pretrained/teachable_machine_waste.h5")).model()
        try Self.roundTrip(model.network, model.parameters, "teachable_machine_waste.\(ending)")
    }

    @Test func `A network of Architectures is written for Keras`() throws {
        let network = try Architecture.mobilenet.network(input: [32, 32, 3], alpha: 0.25, classes: 5)
        try Self.roundTrip(network, network.initialParameters(seed: 1), "mobilenet.keras")
    }

    @Test func `Names with a slash, which Keras 3 refuses, are written with another sign`() throws {
        var builder = NetworkBuilder("a/b", input: [4], inputName: "input")
        let x = try builder.add(Dense("block/dense", units: 2), to: builder.input)
        let output = try builder.add(Dense("block_dense", units: 2), to: x)
        let network = builder.build(output: output)
        try Fixtures.withTemporaryFolder { folder in
            for name in ["slash.keras", "slash.h5"] {
                let path = folder.appending(path: name).path(percentEncoded: false)
                try ModelWriter(network).write(network.initialParameters(seed: 1), to: path)
                let names = try ModelFile(path).model().network.nodes.map(\.name)
                #expect(names == ["input", "block_dense_", "block_dense"])
            }
        }
    }

    @Test func `Layers that augment pictures are written as they were read`() throws {
        let zoom = #"{"height_factor": 0.2, "rng_type": "stateful", "seed": {"class_name": "SeedGenerator"}}"#
        var builder = NetworkBuilder("n", input: [4, 4, 3])
        var x = try builder.add(
            RandomAugmentation("zoom", className: "RandomZoom", configuration: zoom), to: builder.input)
        x = try builder.add(
            RandomAugmentation("wide", className: "RandomWidth", configuration: "{}"), to: x)
        let network = builder.build(output: x)
        func written(_ dialect: ModelConfigWriter.Dialect) throws -> [JSONValue] {
            let writer = ModelConfigWriter(dialect: dialect)
            return try #require(writer.model(ModelTree(network), for: "f")["config"]?["layers"]?.array)
        }
        let (new, old) = (try written(.keras3), try written(.keras2))
        #expect(new.map { $0["class_name"] } == ["InputLayer", "RandomZoom", "Identity"])
        #expect(new[1]["config"]?["height_factor"] == .number(0.2))
        #expect(new[1]["config"]?["rng_type"] == nil && new[1]["config"]?["seed"] != .null)
        #expect(old[1]["config"]?["height_factor"] == .number(0.2) && old[1]["config"]?["seed"] == .null)
    }

    @Test func `Layers that lead nowhere are left out`() throws {
        var builder = NetworkBuilder("n", input: [4], inputName: "input")
        let x = try builder.add(Dense("dense", units: 2), to: builder.input)
        _ = try builder.add(Dense("nowhere", units: 2), to: x)
        let network = builder.build(output: x)
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.keras").path(percentEncoded: false)
            try ModelWriter(network).write(network.initialParameters(seed: 1), to: path)
            #expect(try ModelFile(path).model().network.nodes.map(\.name) == ["input", "dense"])
        }
    }

    @Test func `What Keras cannot be told is refused, and nothing is left behind`() throws {
        var builder = NetworkBuilder("n", input: [4])
        let x = try builder.add(Activation("gate", .hardSigmoid), to: builder.input)
        let y = try builder.add(GELU("bend", approximate: true), to: builder.input)
        let (gate, both) = (builder.build(output: x), builder.build(output: y))
        try Fixtures.withTemporaryFolder { folder in
            func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
            try ModelWriter(gate).write(Parameters(), to: path("gate.keras"))
            let error = #expect(throws: KerasFileError.self) {
                try ModelWriter(gate).write(Parameters(), to: path("gate.h5"))
            }
            #expect(
                "\(error!)".hasSuffix(
                    "layer 'gate' cannot be written: hard_sigmoid is another function in "
                        + "Keras 2; write a .keras file"))
            #expect(throws: KerasFileError.self) {
                try ModelWriter(both).write(Parameters(), to: path("b.h5"))
            }
            #expect(throws: KerasFileError.format(file: "x.bin")) {
                try ModelWriter(gate).write(Parameters(), to: "x.bin")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["gate.keras"])
        }
    }
}
