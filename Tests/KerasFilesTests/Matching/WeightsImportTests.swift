import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct WeightsImportTests {
    @Test(arguments: [
        ("small.weights.h5", ImportReport.Matching.byName), ("small_model.h5", .byName),
        ("small_weights.h5", .byName), ("published.h5", .byName), ("depthwise.h5", .byName),
        ("keras2.h5", .byName), ("named_groups.weights.h5", .byName), ("float64_gzip.h5", .byName),
        ("keras2.weights.h5", .byClassAndCounter), ("no_names.weights.h5", .byClassAndCounter),
        ("automatic_names.h5", .byOrder),
    ])
    func `Every format gives the same arrays`(name: String, matching: ImportReport.Matching) throws {
        let network = try SmallNetwork.network()
        let (parameters, report) = try SmallNetwork.file(name).parameters(for: network)
        #expect(parameters == (try SmallNetwork.expected()))
        #expect(report.matching == matching)
        #expect(report.imported.map(\.name).count == 6)
        #expect(report.leftOut.isEmpty && report.notImported.isEmpty)
        #expect(report.renamed.isEmpty == (matching == .byName))
    }

    @Test func `What was imported computes what Keras computes`() throws {
        let network = try SmallNetwork.network()
        let parameters = try SmallNetwork.file("small.weights.h5").parameters(for: network).parameters
        let plan = try ExecutionPlan(network, batchSize: 2)
        let output = try plan.forward(SmallNetwork.image([2, 8, 8, 3]), parameters).elements
        let expected = try SmallNetwork.expectedOutput()
        #expect(zip(output, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test(arguments: ["small.weights.h5", "small_weights.h5", "no_names.weights.h5", "automatic_names.h5"])
    func `A new head is not asked for, and the old one is left out`(name: String) throws {
        let network = try SmallNetwork.network(classes: 7)
        let (parameters, report) = try SmallNetwork.file(name)
            .parameters(for: network, importing: { $0.group != "top" })
        #expect(parameters["predictions", "kernel"] == nil)
        #expect(parameters["pointwise", "kernel"] == (try SmallNetwork.expected()["pointwise", "kernel"]))
        #expect(report.notImported == ["predictions"])
        #expect(report.leftOut.count == 1)
        #expect("\(report)".contains("has no place for them: \(report.leftOut[0])"))
    }

    @Test func `A part of a network takes its part of the file`() throws {
        let network = try SmallNetwork.network().until("relu1")
        let (parameters, report) = try SmallNetwork.file("small_weights.h5").parameters(for: network)
        #expect(parameters.count == 6)
        #expect(Set(report.leftOut) == ["/shortcut", "/depthwise", "/pointwise", "/predictions"])
    }

    @Test(arguments: ["nested.weights.h5", "nested_model.h5", "nested_weights.h5"])
    func `A nested backbone is found by its layers' names`(name: String) throws {
        let network = try SmallNetwork.network().until("add")
        let file = try SmallNetwork.file(name)
        let (parameters, report) = try file.parameters(for: network)
        #expect(report.matching == .byName)
        #expect(report.leftOut.count == 2)
        let reference = try SmallNetwork.file("nested.weights.h5").parameters(for: network).parameters
        #expect(parameters == reference)
        #expect(try #require(parameters["bn1", "moving_variance"]).elements.allSatisfy { $0 >= 0.5 })
    }

    @Test func `All that does not fit is told at once, with a hint`() throws {
        var network = NetworkBuilder("other", input: [8, 8, 3])
        var x = try network.add(Conv2D("conv1", filters: 5, kernelSize: 3), to: network.input)
        x = try network.add(BatchNormalization("bn1", scale: false), to: x)
        x = try network.add(Conv2D("pointwize", filters: 4, kernelSize: 1), to: x)
        x = try network.add(Flatten("flatten"), to: x)
        x = try network.add(Dense("classes", units: 2), to: x)
        let other = network.build(output: x)
        let file = try SmallNetwork.file("small_weights.h5")
        let error = #expect(throws: KerasFileError.self) {
            try file.parameters(for: other, hint: { _ in "the file looks like 'small'" })
        }
        let text = try #require(error).description
        #expect(
            text == """
                \(file.path): does not fit network 'other': \
                layer 'conv1': expected kernel [3, 3, 3, 5], found [3, 3, 3, 4]; \
                layer 'conv1': expected bias [5], found [4]; \
                layer 'bn1' (BatchNormalization): expected beta [5], moving_mean [5], moving_variance [5], \
                found gamma [4], beta [4], moving_mean [4], moving_variance [4]; \
                and 2 more like these; the file looks like 'small'
                """)
        guard case .mismatch(_, _, let problems, _) = error else { return }
        #expect(
            problems[3] == .missingLayer("pointwize", className: "Conv2D", nearest: ["pointwise"]))
    }

    @Test func `Names that contradict the position are not overruled by it`() throws {
        var network = NetworkBuilder("shifted", input: [8, 8, 3])
        var x = try network.add(Conv2D("conv1", filters: 4, kernelSize: 3, padding: .same), to: network.input)
        x = try network.add(BatchNormalization("bn1", center: false), to: x)
        let file = try SmallNetwork.file("small_weights.h5")
        let stored = try #require(file.layers.first { $0.name == "bn1" })
        let node = try network.build(output: x).node("bn1")
        let swapped = StoredLayer(
            name: "bn1", alias: nil, path: "/bn1", className: nil, arrays: Array(stored.arrays.dropFirst()))
        #expect(!ArrayMatching(node: node, layer: swapped).fits)
        let reversed = StoredLayer(
            name: "bn1", alias: nil, path: "/bn1", className: nil,
            arrays: [stored.arrays[3], stored.arrays[0], stored.arrays[2]])
        #expect(
            ArrayMatching(node: node, layer: reversed).ordered().arrays.map(\.name)
                == ["gamma", "moving_mean", "moving_variance"])
    }

    @Test func `One layer that was renamed among many is matched by order, and reported`() throws {
        func network(last: String) throws -> Network {
            var builder = NetworkBuilder("deep", input: [4])
            var x = builder.input
            for index in 1..<10 { x = try builder.add(Dense("fc\(index)", units: 4), to: x) }
            x = try builder.add(Dense(last, units: 2), to: x)
            return builder.build(output: x)
        }
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.h5").path(percentEncoded: false)
            let written = try network(last: "probs")
            let values = written.initialParameters(seed: 1)
            try WeightsWriter(written).write(values, to: path)
            let (parameters, report) = try WeightsFile(path).parameters(for: network(last: "predictions"))
            #expect(report.matching == .byOrder && report.renamed == ["predictions: probs"])
            #expect(parameters["predictions", "kernel"] == values["probs", "kernel"])
            #expect(parameters["fc9", "kernel"] == values["fc9", "kernel"])
        }
    }

    @Test func `Layers whose names mean something are never matched by order`() throws {
        var network = NetworkBuilder("renamed", input: [8, 8, 3])
        let x = try network.add(
            Conv2D("first", filters: 4, kernelSize: 3, padding: .same), to: network.input)
        let error = #expect(throws: KerasFileError.self) {
            try SmallNetwork.file("small_weights.h5").parameters(for: network.build(output: x))
        }
        #expect("\(try #require(error))".contains("layer 'first' (Conv2D): the file has no such layer"))
    }
}
